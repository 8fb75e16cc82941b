/** Converts a value to an [unsigned long](https://webidl.spec.whatwg.org/#js-unsigned-long), modulo 2 to the power of 32. */
export function toUnsignedLong(value: unknown): number {
  // Unlike `Number()`, the operator throws for a BigInt, as ToNumber does.
  return (value as number) >>> 0;
}
