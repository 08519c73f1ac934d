import ipaddr from 'ipaddr.js';

/** Kinds of addresses. The configuration can't allow `banned` ones. */
export type AddressClass = 'public' | 'internal' | 'banned';

/** An address range, as `ipaddr.parseCIDR` reads it. */
export type AddressRange = [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * Services of cloud platforms that hand out credentials to any caller on the machine. Some look public (168.63.129.16)
 * or merely private, so they are listed besides the link-local ranges.
 */
const METADATA = new Set([
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Parses a literal address and unwraps an IPv4 address: IPv4-mapped (RFC 4291 section 2.5.5.2) and the well-known NAT64
 * prefix (RFC 6052 section 2.1). Other prefixes stay wrapped: only their network knows where they lead, and they aren't
 * public.
 */
export function parseAddress(
  text: string,
): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = text.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(bare) || (!bare.includes(':') && !isFourPart(bare)))
    return undefined;
  const address = ipaddr.parse(bare);
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (address.match(NAT64 as [ipaddr.IPv6, number]))
    return new ipaddr.IPv4(address.toByteArray().slice(12));
  return address;
}

/** `ipaddr.js` also accepts `127.1` and `0x7f000001`, but URL parsing has already expanded those. */
function isFourPart(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text);
}

/** Classifies an address by where it really leads. An address that isn't known to be public counts as internal. */
export function classifyAddress(
  address: ipaddr.IPv4 | ipaddr.IPv6,
): AddressClass {
  const range = address.range();
  if (range === 'linkLocal' || METADATA.has(plain(address))) return 'banned';
  if (range !== 'unicast') return 'internal';
  return address instanceof ipaddr.IPv6 &&
    !address.match(GLOBAL_UNICAST as [ipaddr.IPv6, number])
    ? 'internal'
    : 'public';
}

function plain(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  // A zone id (fe80::1%eth0) would make the same address look different.
  return address.toString().split('%')[0];
}

/** Returns whether an address is in one of the ranges. */
export function inRanges(
  address: ipaddr.IPv4 | ipaddr.IPv6,
  ranges: readonly AddressRange[],
): boolean {
  return ranges.some(
    ([base, bits]) =>
      base.kind() === address.kind() &&
      (address as ipaddr.IPv6).match(base as ipaddr.IPv6, bits),
  );
}
