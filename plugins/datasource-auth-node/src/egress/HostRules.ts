import { InputError } from '@backstage/errors';
import ipaddr from 'ipaddr.js';
import { AddressRange, inRanges, parseAddress } from './addresses';

/**
 * Normalizes a host: `LOCALHOST.` and `localhost` are the same, and brackets belong to the URL, not to the address.
 * Normalizing twice changes nothing. A text that isn't a host stays as it is, and matches no rule.
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

/** One list of rules. @public */
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
          `${key}: '${rule}' isn't a host, *.suffix, address, or range such as 10.0.0.0/8`,
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

  /** Returns whether a rule matches the host by its name, or by its literal address. */
  matchesHost(host: string): boolean {
    const name = normalizeHost(host);
    if (this.#hosts.has(name)) return true;
    if (this.#suffixes.some(suffix => name.endsWith(suffix))) return true;
    return this.matchesAddress(name);
  }

  /** Returns whether an address is listed or in a listed range. */
  matchesAddress(text: string): boolean {
    const address = parseAddress(text);
    return address !== undefined && inRanges(address, this.#ranges);
  }
}
