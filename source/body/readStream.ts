/**
 * Reads a stream piece by piece; leaving it cancels the stream at once, also while a piece is waited for (the stream's own
 * iterator, or a generator, would first wait for that piece).
 */
export function readStream(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
      const reader = stream.getReader();
      return {
        async next() {
          const { done, value } = await reader.read();
          return done ? { done, value: undefined } : { done, value };
        },
        async return() {
          await reader.cancel();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** Reads a blob as it is sent; one that has no stream (jsdom's) all at once. */
export function blobBytes(blob: Blob): AsyncIterable<Uint8Array> {
  return typeof (blob as Partial<Blob>).stream === 'function' ? readStream(blob.stream()) : readWhole(blob);
}

async function* readWhole(blob: Blob): AsyncGenerator<Uint8Array, void> {
  yield new Uint8Array(await blob.arrayBuffer());
}
