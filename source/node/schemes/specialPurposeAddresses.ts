import { isIPv6 } from 'node:net';

/**
 * The networks that are not part of the public internet, by IANA's registries of special-purpose addresses
 * ([IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry), [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry)),
 * multicast and reserved space included; of [IPv6](https://www.iana.org/assignments/ipv6-address-space) all but 2000::/3, the only
 * part that is allocated. Networks whose addresses carry an IPv4 address (mapped, NAT64, 6to4, Teredo) are refused whole: a
 * name server could hide any address in them.
 */
export const specialPurposeAddresses: readonly string[] = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private use
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link local, where clouds keep their metadata
  '172.16.0.0/12', // private use
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays, deprecated
  '192.168.0.0/16', // private use
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '::/3', // unspecified, loopback; IPv4-compatible, -mapped and -translated; NAT64; discard only
  '2001::/23', // IETF protocol assignments, Teredo among them
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
  '4000::/2', // segment routing; nothing else
  '8000::/1', // unique local, link local, site local, multicast; nothing else
];

/** Networks of IPv6 that carry an IPv4 address, and where it begins in theirs: at which group of 16 bits. */
const carriers: readonly (readonly [network: string, prefix: number, group: number])[] = [
  ['::', 96, 6], // IPv4-compatible
  ['::ffff:0:0', 96, 6], // IPv4-mapped
  ['::ffff:0:0:0', 96, 6], // IPv4-translated
  ['64:ff9b::', 96, 6], // NAT64
  ['64:ff9b:1::', 48, 6], // NAT64 of a site
  ['2001::', 32, 6], // Teredo, inverted
  ['2002::', 16, 1], // 6to4
];

/** The IPv4 address that an IPv6 address carries, to which a connection may go through it; `undefined` where it carries none. */
export function carriedIPv4(address: string): string | undefined {
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address.split('%', 1)[0] ?? '');
  // The unspecified and the loopback address.
  if (groups.every((group, index) => group === 0 || (index === 7 && group === 1))) return undefined;
  const carrier = carriers.find(([network, prefix]) => {
    const start = groupsOf(network);
    return groups.slice(0, prefix / 16).every((group, index) => group === start[index]);
  });
  if (carrier === undefined) return undefined;
  const [network, , start] = carrier;
  const mask = network === '2001::' ? 0xffff : 0;
  return groups
    .slice(start, start + 2)
    .flatMap((group) => [(group ^ mask) >> 8, (group ^ mask) & 0xff])
    .join('.');
}

/** The eight groups of an IPv6 address, however it is written. */
function groupsOf(address: string): readonly number[] {
  // The URL parser writes all as hexadecimal numbers, a run of zeros as two colons.
  const [before = '', after] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const read = (text = ''): number[] =>
    text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
  const [first, last] = [read(before), read(after)];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}
