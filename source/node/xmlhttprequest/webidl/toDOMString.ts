/** Converts a value to a [DOMString](https://webidl.spec.whatwg.org/#js-DOMString). Throws a `TypeError` for a symbol. */
export function toDOMString(value: unknown): string {
  // `String(symbol)` would not throw.
  // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- whatever it is, JavaScript's ToString is asked for
  return typeof value === 'string' ? value : `${value}`;
}
