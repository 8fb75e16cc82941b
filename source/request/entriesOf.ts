/** The entries of what may be given as a record or as entries. */
export function entriesOf<Value>(
  source: Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>,
): Iterable<readonly [string, Value]> {
  return Symbol.iterator in source ? source : Object.entries(source);
}
