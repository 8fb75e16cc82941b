import { BytePieces } from '../../../parsing/BytePieces.js';

/** What Node keeps of a Blob's bytes, in a property of no public name. */
interface BlobHandle {
  getReader(): { pull(callback: (status: number, bytes: ArrayBuffer | undefined) => void): void };
}

/**
 * The bytes of a Blob, read at once. `undefined` where that cannot be done: some of them are in a file, as
 * `fs.openAsBlob()` has it, or it is no Blob of Node's.
 *
 * Nothing public reads a Blob at once, and none may be handed to the other thread unread: where any part of it is in a
 * file, reading its clone ends the whole process ([nodejs/node#45258](https://github.com/nodejs/node/pull/45258)), and
 * that cannot be told from outside. Node's own reader tells it: it calls back at once unless it has to read a file.
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
    // Zero is the end, one that there is more, and less an error.
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
