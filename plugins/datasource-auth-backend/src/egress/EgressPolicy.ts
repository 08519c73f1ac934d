import { readFileSync } from 'node:fs';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import ipaddr from 'ipaddr.js';
import { AddressRange, inRanges, parseAddress } from './addresses';

/**
 * Where the backend may connect to, as configured under `datasourceAuth.egress`. A rule is a host (`api.corp.example`),
 * a suffix (`*.corp.example`, which does not match `corp.example` itself), an address, or a range (`10.0.0.0/8`).
 */
export interface EgressPolicy {
  /** Internal hosts and addresses that may be reached. Link-local and metadata addresses stay closed. */
  allow: string[];
  /** Hosts that may be spoken to without TLS. */
  allowHttp: string[];
  /** When not empty: no other host may be reached. */
  only: string[];
  /** PEM text of certificate authorities to trust beside the usual ones. */
  ca?: string;
}

/**
 * Reads `datasourceAuth.egress`. `ca` is the path of a PEM file, or the PEM text itself.
 *
 * @throws InputError when a rule or the certificate file cannot be read
 */
export function readEgressPolicy(config: Config): EgressPolicy {
  const egress = config.getOptionalConfig('datasourceAuth.egress');
  const rules = (key: string) => {
    const found = egress?.getOptionalStringArray(key) ?? [];
    HostRules.parse(found, `datasourceAuth.egress.${key}`);
    return found;
  };
  const ca = egress?.getOptionalString('ca');
  return {
    allow: rules('allow'),
    allowHttp: rules('allowHttp'),
    only: rules('only'),
    ...(ca ? { ca: readCertificates(ca) } : {}),
  };
}

function readCertificates(pathOrPem: string): string {
  let pem = pathOrPem;
  if (!pem.includes('-----BEGIN')) {
    try {
      pem = readFileSync(pathOrPem, 'utf8');
    } catch {
      throw new InputError(
        `datasourceAuth.egress.ca: cannot read the file '${pathOrPem}'. Give the path of a PEM file that the backend may read.`,
      );
    }
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new InputError(
      `datasourceAuth.egress.ca holds no certificate. It takes PEM text that starts with -----BEGIN CERTIFICATE-----.`,
    );
  }
  return pem;
}

/** One list of rules, ready to be asked. */
export class HostRules {
  readonly #hosts: Set<string>;
  readonly #suffixes: string[];
  readonly #ranges: AddressRange[];

  /** @throws InputError that names the key and the rule that cannot be read */
  static parse(rules: string[], key: string): HostRules {
    const hosts = new Set<string>();
    const suffixes: string[] = [];
    const ranges: AddressRange[] = [];
    for (const rule of rules) {
      const text = normalizeHost(rule);
      const address = parseAddress(text);
      if (ipaddr.isValidCIDR(text)) ranges.push(ipaddr.parseCIDR(text));
      else if (address)
        ranges.push([address, address.kind() === 'ipv4' ? 32 : 128]);
      else if (/^\*\.[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/.test(text))
        suffixes.push(text.slice(1));
      else if (/^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/.test(text)) hosts.add(text);
      else {
        throw new InputError(
          `${key}: '${rule}' is no host, *.suffix, address or range such as 10.0.0.0/8`,
        );
      }
    }
    return new HostRules(hosts, suffixes, ranges);
  }

  private constructor(
    hosts: Set<string>,
    suffixes: string[],
    ranges: AddressRange[],
  ) {
    this.#hosts = hosts;
    this.#suffixes = suffixes;
    this.#ranges = ranges;
  }

  get empty(): boolean {
    return !this.#hosts.size && !this.#suffixes.length && !this.#ranges.length;
  }

  /** Whether a rule matches the host by its name, or by its address where it is a literal one. */
  matchesHost(host: string): boolean {
    const name = normalizeHost(host);
    if (this.#hosts.has(name)) return true;
    if (this.#suffixes.some(suffix => name.endsWith(suffix))) return true;
    return this.matchesAddress(name);
  }

  matchesAddress(text: string): boolean {
    const address = parseAddress(text);
    return address !== undefined && inRanges(address, this.#ranges);
  }
}

/** `LOCALHOST.` and `localhost` are one host; brackets belong to the URL and not to the address. */
export function normalizeHost(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
