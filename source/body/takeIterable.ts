const taken = /*#__PURE__*/ new WeakSet();

/**
 * Notes that an iterable is going to be read. A generator can be only once: a second request with it would send an empty
 * body and call that a success.
 *
 * @throws TypeError where it has been taken before.
 */
export function takeIterable(iterable: AsyncIterable<Uint8Array>): void {
  if (taken.has(iterable)) {
    throw new TypeError(
      'The body is an async generator that another request has read: give an object that makes a new one each time',
    );
  }
  // What is its own iterator has one run; other iterables begin anew.
  if ((iterable as unknown) === iterable[Symbol.asyncIterator]()) taken.add(iterable);
}
