import { DestinationPolicy } from 'backstage-plugin-datasource-auth-common';
import { classifyAddress, parseAddress } from './addresses';
import { EgressBlockedError } from './EgressError';
import { HostRules, normalizeHost } from './HostRules';

/** Names that only ever lead to a metadata service; behind a proxy their address cannot be seen. */
const METADATA_HOSTS = new Set(['metadata.google.internal', 'instance-data']);

/**
 * Decides about destinations: first by what a URL says, then, at connect time, by the address that is really connected.
 *
 * @internal
 */
export class DestinationRules {
  readonly #allow: HostRules;
  readonly #allowHttp: HostRules;
  readonly #only: HostRules;

  static create(policy: DestinationPolicy): DestinationRules {
    return new DestinationRules(policy);
  }

  private constructor(policy: DestinationPolicy) {
    const key = 'datasourceAuth.egress';
    this.#allow = HostRules.parse(policy.allow, `${key}.allow`);
    this.#allowHttp = HostRules.parse(policy.allowHttp, `${key}.allowHttp`);
    this.#only = HostRules.parse(policy.only, `${key}.only`);
  }

  /**
   * What can be said without asking anybody: scheme, credentials, host lists, and the address where it is literal.
   *
   * @throws EgressBlockedError
   */
  checkUrl(url: URL): void {
    const host = normalizeHost(url.hostname);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new EgressBlockedError(
        `The scheme '${url.protocol}' is not allowed. Use an address that starts with https://.`,
      );
    }
    if (url.username || url.password) {
      throw new EgressBlockedError(
        `The address of '${host}' contains a user name or password. Remove it.`,
      );
    }
    if (url.protocol === 'http:' && !this.#allowHttp.matchesHost(host)) {
      throw new EgressBlockedError(
        `'${host}' would be called without encryption. Use https://, or for development add '${host}' to datasourceAuth.egress.allowHttp.`,
      );
    }
    if (!this.#only.empty && !this.#only.matchesHost(host)) {
      throw new EgressBlockedError(
        `'${host}' is not among the hosts that this Backstage may reach. Ask an operator to add it to datasourceAuth.egress.only.`,
      );
    }
    if (METADATA_HOSTS.has(host)) throw banned(host, host);
    if (parseAddress(host)) {
      this.checkAddress(host, host);
    } else if (
      /(^|\.)localhost$/.test(host) &&
      !this.#allow.matchesHost(host) &&
      !this.#allow.matchesAddress('127.0.0.1') &&
      !this.#allow.matchesAddress('::1')
    ) {
      throw internal(host, 'this machine');
    }
  }

  /**
   * Checks the address that is about to be connected for a host.
   *
   * @throws EgressBlockedError
   */
  checkAddress(host: string, text: string): void {
    const address = parseAddress(text);
    const kind = address ? classifyAddress(address) : 'banned';
    if (kind === 'banned') throw banned(host, text);
    if (kind === 'public') return;
    if (!this.#allow.matchesHost(host) && !this.#allow.matchesAddress(text))
      throw internal(host, text);
  }
}

function banned(host: string, address: string): EgressBlockedError {
  return new EgressBlockedError(
    `'${host}' leads to ${address}, a link-local or metadata address. These are never called. Enter the provider's public address.`,
  );
}

function internal(host: string, address: string): EgressBlockedError {
  return new EgressBlockedError(
    `'${host}' leads to ${address}, which is not a public address. If it is meant, ask an operator to add '${host}' to datasourceAuth.egress.allow.`,
  );
}
