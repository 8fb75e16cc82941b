import { BlockList, isIP } from 'node:net';

/**
 * Tells whether an address is in one of the networks.
 *
 * @param networks - addresses, and networks such as `10.0.0.0/8`.
 * @throws TypeError that names what is neither.
 */
export function addressMatcher(networks: readonly string[]): (address: string) => boolean {
  // One list for each family: a BlockList takes an IPv4 address for its IPv6-mapped form, so that in a common list the
  // network of all mapped addresses would hold every IPv4 address.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const network of networks) {
    const [address = '', prefix, ...more] = network.split('/');
    const longest = isIP(address) === 0 ? -1 : isIP(address) === 6 ? 128 : 32;
    const length = prefix === undefined ? longest : /^\d+$/.test(prefix) ? Number(prefix) : -1;
    if (length < 0 || length > longest || more.length > 0) {
      throw new TypeError(`publicHosts: give addresses and networks such as '10.0.0.0/8', not '${network}'`);
    }
    const family = familyOf(address);
    lists[family].addSubnet(address, length, family);
  }
  return (address) => {
    const family = familyOf(address);
    return lists[family].check(address, family);
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
