/** Converts a value to a [double](https://webidl.spec.whatwg.org/#js-double). Throws a `TypeError` for what is not finite. */
export function toDouble(value: unknown): number {
  // Unlike `Number()`, arithmetic throws for a BigInt, as ToNumber does.
  const number = (value as number) - 0;
  if (!Number.isFinite(number)) throw new TypeError(`${number} is no finite number`);
  return number;
}
