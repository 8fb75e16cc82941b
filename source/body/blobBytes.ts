import { readStream } from './readStream.js';

/** Reads a blob as it is sent; one that has no stream (jsdom's) all at once. */
export function blobBytes(blob: Blob): AsyncIterable<Uint8Array> {
  return typeof (blob as Partial<Blob>).stream === 'function' ? readStream(blob.stream()) : readWhole(blob);
}

async function* readWhole(blob: Blob): AsyncGenerator<Uint8Array, void> {
  yield new Uint8Array(await blob.arrayBuffer());
}
