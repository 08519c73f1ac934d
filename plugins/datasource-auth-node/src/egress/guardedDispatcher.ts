import { Agent, Dispatcher, EnvHttpProxyAgent } from 'undici';
import { DestinationRules } from './DestinationRules';
import {
  ClientCertificate,
  guardedConnector,
  OnConnect,
  Resolve,
  tlsOptionsOf,
} from './guardedConnector';

/** The corporate proxies of an environment. @public */
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
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. Returns undefined if no proxy is set.
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
 * Returns a dispatcher for undici that reaches only destinations that the rules allow. A proxy resolves names itself,
 * so behind one only the rules about hosts and literal addresses apply.
 *
 * @public
 */
export function guardedDispatcher(options: {
  rules: DestinationRules;
  ca?: string[];
  /** Presented only to the destination, never to a proxy. */
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
        // Empty texts, because undici reads missing ones from process.env.
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
  // For each request, because a proxy hides the connector. The result for an origin can be remembered: rules never
  // change, and the connector checks the addresses of a name each time.
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
