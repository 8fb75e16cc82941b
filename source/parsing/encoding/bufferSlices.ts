type Slice = (this: Uint8Array, from: number, to: number) => string;

/**
 * Methods of Node's `Buffer` that decode a range of bytes, faster for short texts than its `TextDecoder`; empty unless the
 * entry has looked for them.
 */
export const bufferSlices: { utf8Slice?: Slice; ucs2Slice?: Slice } = {};

/** Looks for them. */
export function bindBufferSlices(): void {
  const { Buffer } = globalThis as { readonly Buffer?: { readonly prototype: typeof bufferSlices } };
  Object.assign(bufferSlices, {
    utf8Slice: Buffer?.prototype.utf8Slice,
    ucs2Slice: Buffer?.prototype.ucs2Slice,
  });
}
