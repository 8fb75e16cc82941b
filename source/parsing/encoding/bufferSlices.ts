type Slice = (this: Uint8Array, from: number, to: number) => string;

/**
 * Methods that Node's `Buffer` has for a part of its bytes, which are faster for short texts than its `TextDecoder`; none where
 * the entry has not looked for them.
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
