import { BytePieces } from '../../../parsing/BytePieces.js';

/** Node's handle of a Blob's bytes, in a private property. */
interface BlobHandle {
  getReader(): { pull(callback: (status: number, bytes: ArrayBuffer | undefined) => void): void };
}

/**
 * Reads the bytes of a Blob synchronously. Returns `undefined` if that is impossible: some are in a file, as with
 * `fs.openAsBlob()`, or it is not Node's Blob.
 *
 * No public API reads a Blob synchronously, and a Blob must not be passed to the other thread unread: if any part of it is in a
 * file, which cannot be seen from outside, reading its clone ends the whole process
 * ([nodejs/node#45258](https://github.com/nodejs/node/pull/45258)). Node's own reader reveals it: it calls back at once unless it
 * has to read a file.
 */
export function readBlob(blob: Blob): readonly Uint8Array<ArrayBuffer>[] | undefined {
  const pieces = new BytePieces();
  const reader = handleOf(blob)?.getReader();
  for (;;) {
    let state: number | undefined;
    let isLate = false;
    reader?.pull((status, bytes) => {
      if (isLate) return;
      state = status;
      if (bytes !== undefined) pieces.add(new Uint8Array(bytes));
    });
    isLate = true;
    // Zero means the end, one more data, and a negative number an error.
    if (state === 0) return [...pieces.from()];
    if (state !== 1) return undefined;
  }
}

function handleOf(blob: Blob): BlobHandle | undefined {
  const name = Object.getOwnPropertySymbols(blob).find(({ description }) => description === 'kHandle');
  const handle = name === undefined ? undefined : (blob as unknown as Record<symbol, unknown>)[name];
  const isKnown = typeof handle === 'object' && handle !== null && 'getReader' in handle;
  return isKnown ? (handle as BlobHandle) : undefined;
}
