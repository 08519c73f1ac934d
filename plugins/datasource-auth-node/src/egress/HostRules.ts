import { InputError } from '@backstage/errors';
import ipaddr from 'ipaddr.js';
import { AddressRange, inRanges, parseAddress } from './addresses';

/**
 * `LOCALHOST.` and `localhost` are one host; brackets belong to the URL and not to the address. Reading what it returns
 * changes nothing: what only looks like a host is left as it is, and matches no rule.
 *
 * @public
 */
export function normalizeHost(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/^\[([0-9a-f:.]+)\]$/, '$1')
    .replace(/(?<=[a-z0-9_-])\.$/, '');
}

/** One list of rules, ready to be asked. @public */
export class HostRules {
  readonly #hosts: Set<string>;
  readonly #suffixes: string[];
  readonly #ranges: AddressRange[];

  /**
   * Reads one list of rules.
   *
   * @throws InputError that names the key and the rule that can't be read
   */
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

  /** Whether there are no rules. */
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

  /** Whether an address is listed or lies in a listed range. */
  matchesAddress(text: string): boolean {
    const address = parseAddress(text);
    return address !== undefined && inRanges(address, this.#ranges);
  }
}
