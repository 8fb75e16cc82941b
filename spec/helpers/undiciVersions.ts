import workerThreads from 'node:worker_threads';
import zlib from 'node:zlib';
import type * as undici from 'undici';

/** A version of undici, for tests. */
export interface Undici {
  readonly version: 7 | 8;
  readonly undici: typeof undici;
}

/** Both versions of undici that `nodeAdapter({ dispatcher })` takes dispatchers of. */
export async function undiciVersions(): Promise<readonly Undici[]> {
  // undici 8 asks for Node 22.19. On Node 20 it misses two functions when it is loaded, neither of which anything here calls.
  const missing = (name: string) => () => {
    throw new Error(`this Node has no ${name}`);
  };
  fill(zlib, 'createZstdDecompress', missing('zstd'));
  fill(workerThreads, 'markAsUncloneable', () => undefined);
  return [
    { version: 7, undici: await import('undici') },
    { version: 8, undici: (await import('undici-8')) as unknown as typeof undici },
  ];
}

function fill(module: object, name: string, value: () => void): void {
  if (!(name in module)) Object.assign(module, { [name]: value });
}
