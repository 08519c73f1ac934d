import {
  DestinationPolicy,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { classifyAddress, parseAddress } from './addresses';
import { EgressBlockedError } from './EgressError';
import { HostRules, normalizeHost } from './HostRules';

const KEY = 'datasourceAuth.egress';

/** Names that always lead to a metadata service. Behind a proxy their address isn't visible. */
const METADATA_HOSTS = new Set(['metadata.google.internal', 'instance-data']);

/**
 * Decides which destinations may be called: first by the URL, then, at connect time, by the actual address.
 *
 * @public
 */
export class DestinationRules {
  readonly #allow: HostRules;
  readonly #allowHttp: HostRules;
  readonly #only: HostRules;

  /**
   * Reads a policy.
   *
   * @throws InputError that names the key and the rule that can't be read
   */
  constructor(policy: DestinationPolicy) {
    this.#allow = HostRules.parse(policy.allow, `${KEY}.allow`);
    this.#allowHttp = HostRules.parse(policy.allowHttp, `${KEY}.allowHttp`);
    this.#only = HostRules.parse(policy.only, `${KEY}.only`);
  }

  /**
   * Checks a URL: scheme, credentials, host lists, and a literal address. One error names every setting that lacks the
   * host, so that you don't find them one restart after the other.
   *
   * @throws EgressBlockedError
   */
  checkUrl(url: URL): void {
    const host = normalizeHost(url.hostname);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new EgressBlockedError(
        [message('egress.schemeForbidden', { scheme: url.protocol })],
        [message('egress.useHttps')],
      );
    }
    if (url.username || url.password) {
      throw new EgressBlockedError(
        [message('egress.hasCredentials', { host })],
        [message('egress.removeCredentials')],
      );
    }
    const literal = parseAddress(host) !== undefined;
    if (METADATA_HOSTS.has(host)) throw banned(host, host);
    if (literal) assertNotBanned(host, host);
    const missing: Missing = {
      only: !this.#only.empty && !this.#only.matchesHost(host),
      allow: literal
        ? !this.#allowsAddress(host, host)
        : isThisMachine(host) && !this.#allowsThisMachine(host),
      allowHttp: url.protocol === 'http:' && !this.#allowHttp.matchesHost(host),
    };
    if (missing.only || missing.allow || missing.allowHttp) {
      // The address of a name is known only at connect time.
      const unknown =
        !literal && !missing.allow && !this.#allow.matchesHost(host);
      throw notAllowed(host, missing, unknown);
    }
  }

  /**
   * Checks the address to which a host is about to be connected.
   *
   * @throws EgressBlockedError
   */
  checkAddress(host: string, text: string): void {
    assertNotBanned(host, text);
    if (this.#allowsAddress(host, text)) return;
    throw new EgressBlockedError(
      [message('egress.notPublicAddress', { host, address: text })],
      [remedyFor(host, ['allow'])],
    );
  }

  #allowsAddress(host: string, text: string): boolean {
    const address = parseAddress(text);
    return (
      (address !== undefined && classifyAddress(address) === 'public') ||
      this.#allow.matchesHost(host) ||
      this.#allow.matchesAddress(text)
    );
  }

  #allowsThisMachine(host: string): boolean {
    return (
      this.#allow.matchesHost(host) ||
      this.#allow.matchesAddress('127.0.0.1') ||
      this.#allow.matchesAddress('::1')
    );
  }
}

/** Returns the lists of `datasourceAuth.egress` that lack a host. */
type Missing = Record<'only' | 'allow' | 'allowHttp', boolean>;

const REASONS = {
  only: 'egress.notListed',
  allow: 'egress.notPublic',
  allowHttp: 'egress.notEncrypted',
} as const satisfies Record<keyof Missing, string>;

function notAllowed(
  host: string,
  missing: Missing,
  unknown: boolean,
): EgressBlockedError {
  const keys = (Object.keys(REASONS) as Array<keyof Missing>).filter(
    key => missing[key],
  );
  return new EgressBlockedError(
    keys.map(key => message(REASONS[key], { host })),
    [
      ...(missing.allowHttp ? [message('egress.useHttps')] : []),
      remedyFor(host, keys),
      ...(unknown
        ? [message('egress.addPrivateHost', { setting: `${KEY}.allow` })]
        : []),
    ],
  );
}

function remedyFor(host: string, keys: Array<keyof Missing>): Message {
  const settings = keys.map(key => `${KEY}.${key}`).join(', ');
  return message('egress.addHost', { host, settings });
}

function isThisMachine(host: string): boolean {
  return /(^|\.)localhost$/.test(host);
}

function assertNotBanned(host: string, text: string): void {
  const address = parseAddress(text);
  const kind = address ? classifyAddress(address) : 'banned';
  if (kind === 'banned') throw banned(host, text);
}

function banned(host: string, address: string): EgressBlockedError {
  return new EgressBlockedError(
    [message('egress.neverCalled', { host, address })],
    [message('egress.enterPublic')],
  );
}
