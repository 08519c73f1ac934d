import { Agent, Dispatcher, EnvHttpProxyAgent } from 'undici';
import { DestinationRules } from './DestinationRules';
import {
  ClientCertificate,
  guardedConnector,
  OnConnect,
  Resolve,
  tlsOptionsOf,
} from './guardedConnector';

/** The corporate proxies that an environment names. @public */
export interface ProxySettings {
  /** Proxy for http URLs (`HTTP_PROXY`). */
  httpProxy?: string;
  /** Proxy for https URLs (`HTTPS_PROXY`). */
  httpsProxy?: string;
  /** Hosts that are called directly (`NO_PROXY`). */
  noProxy: string;
}

/** Origins that are remembered as allowed. */
const REMEMBERED_ORIGINS = 1_000;

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Nothing if no proxy is named.
 *
 * @public
 */
export function readProxies(
  environment: Record<string, string | undefined>,
): ProxySettings | undefined {
  const read = (name: string) =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const [httpProxy, httpsProxy] = [read('HTTP_PROXY'), read('HTTPS_PROXY')];
  if (!httpProxy && !httpsProxy) return undefined;
  return { httpProxy, httpsProxy, noProxy: read('NO_PROXY') ?? '' };
}

/**
 * A dispatcher for undici that reaches only the destinations that the rules allow. Behind a proxy, the proxy resolves
 * the names, so only the rules about hosts and literal addresses apply.
 *
 * @public
 */
export function guardedDispatcher(options: {
  rules: DestinationRules;
  ca?: string[];
  /** Shown to the destination only, never to a proxy. */
  clientCertificate?: ClientCertificate;
  proxies?: ProxySettings;
  resolve?: Resolve;
  onConnect?: OnConnect;
}): Dispatcher {
  const { rules, ca, proxies } = options;
  const connect = guardedConnector(options);
  const agent = proxies
    ? new EnvHttpProxyAgent({
        connect,
        // Empty texts, because undici would look into process.env for what is missing.
        httpProxy: proxies.httpProxy ?? '',
        httpsProxy: proxies.httpsProxy ?? '',
        noProxy: proxies.noProxy,
        requestTls: {
          ...(ca ? { ca } : {}),
          ...tlsOptionsOf(options.clientCertificate),
        },
        proxyTls: ca ? { ca } : {},
      })
    : new Agent({ connect });
  // Per request, because a proxy hides the connector. What the rules said of an origin they say again: they never
  // change, and the connector checks the addresses behind a name each time.
  const allowed = new Set<string>();
  return agent.compose(dispatch => (request, handler) => {
    const origin = String(request.origin);
    if (!allowed.has(origin)) {
      rules.checkUrl(new URL(origin));
      if (allowed.size < REMEMBERED_ORIGINS) allowed.add(origin);
    }
    return dispatch(request, handler);
  });
}
