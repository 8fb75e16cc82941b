import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { checkOneOf } from '../../options/checks.js';
import { type Connector } from './HttpConnections.js';
import { specialPurposeAddresses } from './specialPurposeAddresses.js';

/** What {@link publicHosts} may be told. */
export interface PublicHostsOptions {
  /** Addresses and networks that are let through all the same: `['10.1.2.3', '10.2.0.0/16', 'fd00::/8']`. @defaultValue none */
  readonly allow?: readonly string[];
  /** Further addresses and networks that are refused. @defaultValue none */
  readonly deny?: readonly string[];
  /** How a host name is resolved. @defaultValue `lookup` of `node:dns` */
  readonly lookup?: LookupFunction;
  /** Options of undici's connector: a CA, a client certificate, `allowH2`. @defaultValue undici's, without its time limit */
  readonly connect?: Omit<buildConnector.BuildOptions, 'lookup' | 'path' | 'socketPath'>;
}

/**
 * A guard for requests whose URLs come from others: it refuses private, loopback, link-local and all other addresses that
 * are not public, when a connection is made, after DNS, so that neither a name that resolves to one nor a redirect gets
 * through. All addresses of a name are looked at, and the connection goes to one that was looked at. A refusal is a
 * `NetworkError` of the phase `connect` that names the address.
 *
 * It is a connector of undici, so that it works in an agent of your own as well: `new Agent({ connect: publicHosts() })`;
 * `nodeAdapter({ guard: publicHosts() })` is better, since it keeps `limits.headerBytes`. Behind a proxy it sees the proxy only.
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
  const refused = addressMatcher([...specialPurposeAddresses, ...deny]);
  const allowed = addressMatcher(allow);
  const refusal = (address: string): Error | undefined => {
    if (!refused(address) || allowed(address)) return undefined;
    return Object.assign(new Error(`${address} is not a public address, and publicHosts() refuses it`), {
      code: 'ERR_NOT_PUBLIC',
    });
  };

  const guardedLookup: LookupFunction = (hostname, lookupOptions, callback) => {
    lookup(hostname, lookupOptions, (error, address, family) => {
      const addresses =
        typeof address === 'string' ? [{ address }] : (address as LookupAddress[] | undefined);
      for (const one of error === null ? (addresses ?? []) : []) {
        const reason = refusal(one.address);
        if (reason !== undefined) {
          callback(reason, address, family);
          return;
        }
      }
      callback(error, address, family);
    });
  };
  // Typed as giving nothing, undici's connectors give their socket; it is passed on.
  const connector: (...parameters: Parameters<Connector>) => unknown = buildConnector({
    timeout: 0,
    ...connect,
    lookup: guardedLookup,
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
