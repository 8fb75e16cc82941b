import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { checkOneOf } from '../../options/checks.js';
import { guardedLookup, type Refusal } from './guardedLookup.js';
import { type Connector } from './HttpConnections.js';
import { carriedIPv4, specialPurposeAddresses } from './specialPurposeAddresses.js';

/** Of each kind of connection that undici takes: of the union, `Omit` would leave only what all kinds have in common. */
type ConnectOptions<Options = buildConnector.BuildOptions> = Options extends unknown
  ? Partial<Omit<Options, 'lookup' | 'path' | 'socketPath'>>
  : never;

/** What {@link publicHosts} takes. */
export interface PublicHostsOptions {
  /**
   * Addresses and networks that are allowed although they are not public: `['10.1.2.3', '10.2.0.0/16', 'fd00::/8']`. A network
   * whose addresses carry an IPv4 address, such as `'64:ff9b::/96'` of NAT64, allows those inside which is public or allowed itself.
   * @defaultValue none
   */
  readonly allow?: readonly string[];
  /**
   * Further addresses and networks to refuse. They are refused even where `allow` names them, and also inside IPv6 addresses that
   * carry an IPv4 address. @defaultValue none
   */
  readonly deny?: readonly string[];
  /**
   * Resolves host names; a function like `lookup` of `node:dns`, with a callback. If it gives anything but addresses, the
   * request fails. @defaultValue `lookup` of `node:dns`
   */
  readonly lookup?: LookupFunction;
  /** Options of undici's connector: a CA, a client certificate, `allowH2`. @defaultValue undici's, without its time limit */
  readonly connect?: ConnectOptions;
}

/**
 * A guard for requests whose URLs come from others. It refuses private, loopback, link-local and all other addresses that
 * are not public, when a connection is made, after DNS. So neither a name that resolves to one nor a redirect gets
 * through. It checks all addresses of a name, and the connection goes to one that it has checked. A refusal is a
 * `NetworkError` of the phase `connect` that names the address.
 *
 * It is a connector of undici, so it also works in an agent of your own: `new Agent({ connect: publicHosts() })`.
 * Prefer `nodeAdapter({ guard: publicHosts() })`, which keeps `limits.headerBytes`. Behind a proxy it sees the proxy only.
 *
 * Your own network may use public addresses for what nobody outside should reach, and so do some clouds
 * (`168.63.129.16` in Azure): name those in `deny`.
 *
 * @throws TypeError where an option is unknown or invalid.
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 * import { nodeAdapter, publicHosts } from 'readystream/node';
 *
 * request('http://169.254.169.254/', { adapter: nodeAdapter({ guard: publicHosts() }) })
 *   .pipe(text())
 *   .subscribe({ error: (error) => console.log(error.phase) }); // connect
 * ```
 */
export function publicHosts(options: PublicHostsOptions = {}): Connector {
  for (const name in options) {
    checkOneOf('option of publicHosts', name, ['allow', 'deny', 'lookup', 'connect']);
  }
  const { allow = [], deny = [], lookup = systemLookup, connect } = options;
  if (typeof lookup !== 'function') throw new TypeError('publicHosts: the option lookup must be a function');
  for (const name of ['lookup', 'path', 'socketPath']) {
    if (connect !== undefined && name in connect) {
      throw new TypeError(`publicHosts: the option connect.${name} would lead past the guard`);
    }
  }
  const refusal = refusalBy(allow, deny);
  // Typed as giving nothing, undici's connectors give their socket; it is passed on.
  const connector: (...parameters: Parameters<Connector>) => unknown = buildConnector({
    timeout: 0,
    ...connect,
    lookup: guardedLookup(lookup, refusal),
  });

  return (target, callback) => {
    // For a literal address Node asks no lookup.
    const reason = isIP(target.hostname) === 0 ? undefined : refusal(target.hostname);
    if (reason === undefined) return connector(target, callback);
    queueMicrotask(() => {
      callback(reason, null);
    });
    return undefined;
  };
}

function refusalBy(allow: readonly string[], deny: readonly string[]): Refusal {
  const isSpecial = addressMatcher(specialPurposeAddresses);
  const isAllowed = addressMatcher(allow);
  const isNamed = addressMatcher(allow.filter((network) => /^[^/]*(?:\/128)?$/.test(network)));
  const isDenied = addressMatcher(deny);
  const mayPass = (address: string): boolean => !isSpecial(address) || isAllowed(address);
  return (address) => {
    const inside = carriedIPv4(address) ?? address;
    const passes =
      // Node's lists say of text that is not an address that it is on none of them.
      isIP(address) !== 0 &&
      !isDenied(address) &&
      !isDenied(inside) &&
      // To allow a translator's whole network is not to allow what is private behind it.
      (isNamed(address) || (mayPass(address) && mayPass(inside)));
    if (passes) return undefined;
    return Object.assign(new Error(`${address} is not a public address, and publicHosts() refuses it`), {
      code: 'ERR_NOT_PUBLIC',
    });
  };
}

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
    if (typeof network !== 'string') throw invalidNetwork(network);
    const [address = '', prefix, ...more] = network.split('/');
    const longest = isIP(address) === 0 ? -1 : isIP(address) === 6 ? 128 : 32;
    const length = prefix === undefined ? longest : /^\d+$/.test(prefix) ? Number(prefix) : -1;
    if (length < 0 || length > longest || more.length > 0) throw invalidNetwork(network);
    const family = familyOf(address);
    lists[family].addSubnet(address, length, family);
  }
  return (address) => {
    const family = familyOf(address);
    return lists[family].check(address, family);
  };
}

function invalidNetwork(network: unknown): TypeError {
  return new TypeError(
    `publicHosts: give addresses and networks such as '10.0.0.0/8', not '${String(network)}'`,
  );
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
