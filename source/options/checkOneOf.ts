/** Throws a `TypeError` for a name that is none of the known ones, which it lists: a mistyped one must not pass unseen. */
export function checkOneOf(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) {
    throw new TypeError(`Unknown ${what} '${name}': give one of ${known.join(', ')}`);
  }
}
