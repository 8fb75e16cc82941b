import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Preloaded into every process and thread that talks to the server: the names of the suite's hosts are found without a
 * change to the machine. Those in `.test` are this machine, but for `nonexistent.…`, which nobody is.
 */
type Callback = (
  error: NodeJS.ErrnoException | null,
  address?: string | readonly LookupAddress[],
  family?: number,
) => void;

type Lookup = (hostname: string, options: LookupOptions | number | Callback, callback?: Callback) => void;

const lookup = dns.lookup as Lookup;

const lookupInSuite: Lookup = (hostname, options, callback) => {
  if (!/\.test\.?$/.test(hostname)) {
    lookup(hostname, options, callback);
    return;
  }
  const answer = typeof options === 'function' ? options : callback;
  const wantsAll = typeof options === 'object' && options.all === true;
  process.nextTick(() => {
    if (/(?:^|\.)nonexistent\./.test(hostname)) answer?.(notFound(hostname));
    else if (wantsAll) answer?.(null, [{ address: '127.0.0.1', family: 4 }]);
    else answer?.(null, '127.0.0.1', 4);
  });
};

function notFound(hostname: string): NodeJS.ErrnoException {
  const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`);
  return Object.assign(error, { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname });
}

Object.assign(dns, { lookup: lookupInSuite });
syncBuiltinESMExports();
