import { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Test } from 'tap';

/** How many bytes each gzip decoder of this process has given since, in the order in which they were made, whoever listens to it. */
export function watchGunzip(t: Test): () => number[] {
  const decoded = new Map<unknown, number>();
  t.intercept(Object.getPrototypeOf(createGunzip()) as Transform, 'push', {
    value(this: Transform, chunk: Buffer | null) {
      decoded.set(this, (decoded.get(this) ?? 0) + (chunk?.length ?? 0));
      return Transform.prototype.push.call(this, chunk);
    },
  });
  return () => [...decoded.values()];
}
