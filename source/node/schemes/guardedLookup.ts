import { isIP, type LookupFunction } from 'node:net';
import { types } from 'node:util';

/** Says why an address is refused; `undefined` where it is not. */
export type Refusal = (address: string) => Error | undefined;

/**
 * A lookup that gives what another one gives, if those are addresses of which none is refused; anything else is an error. It
 * calls back once, with a copy of what it has checked, whatever the other one does: that may be the caller's.
 */
export function guardedLookup(lookup: LookupFunction, refusal: Refusal): LookupFunction {
  const ask: (...parameters: Parameters<LookupFunction>) => unknown = lookup;
  return (hostname, options, callback) => {
    // Read before the lookup may change it.
    const { all = false } = options;
    let hasEnded = false;
    const fail = (error: Error): void => {
      hasEnded = true;
      callback(error, '');
    };
    const failed = (cause: unknown): void => {
      if (!hasEnded) fail(isError(cause) ? cause : new Error(`the lookup of ${hostname} failed`, { cause }));
    };
    const resolved = (error: unknown, given: unknown): void => {
      if (hasEnded) return;
      // Anything else in the place of an error does not count as one: it must not let an address through unchecked.
      if (isError(error)) {
        fail(error);
        return;
      }
      let addresses: readonly Address[];
      try {
        addresses = addressesIn(given, all);
      } catch (cause) {
        failed(cause);
        return;
      }
      const [first, ...others] = addresses;
      if (first === undefined) {
        fail(new Error(`the lookup of ${hostname} gave no valid addresses`, error ? { cause: error } : {}));
        return;
      }
      const reason = addresses.map(({ address }) => refusal(address)).find(Boolean);
      if (reason !== undefined) {
        fail(reason);
        return;
      }
      hasEnded = true;
      if (all) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    };
    const returned = (value: unknown): void => {
      // A function that gives its result by a promise, such as those of `node:dns/promises`, would be waited for without an end.
      if (value !== undefined)
        failed(new Error(`the lookup of ${hostname} returned a promise of its result: call back instead`));
    };
    try {
      const given = ask(hostname, options, resolved);
      if (isThenable(given)) Promise.resolve(given).then(returned).catch(failed);
    } catch (error) {
      queueMicrotask(() => {
        failed(error);
      });
    }
  };
}

/** Also one of another realm, as Node's own are under some test runners. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (Object(value) as { readonly then?: unknown }).then === 'function';
}

interface Address {
  readonly address: string;
  readonly family: number;
}

/** A copy of the addresses that a lookup gave, in the form that it was asked for; none where it gave anything else. */
function addressesIn(given: unknown, all: boolean): readonly Address[] {
  const list: readonly unknown[] = all ? (Array.isArray(given) ? given : []) : [{ address: given }];
  const addresses: Address[] = [];
  for (const entry of list) {
    const { address } = Object(entry) as { readonly address?: unknown };
    if (typeof address !== 'string' || isIP(address) === 0) return [];
    addresses.push({ address, family: isIP(address) });
  }
  return addresses;
}
