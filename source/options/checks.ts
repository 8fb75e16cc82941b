/** Throws a `TypeError` for a name that is none of the known ones, which it lists: a mistyped one must not pass unseen. */
export function checkOneOf(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) {
    throw new TypeError(`Unknown ${what} '${name}': give one of ${known.join(', ')}`);
  }
}

/**
 * Checks a record of numbers of known names; `undefined` is one not given. Throws a `TypeError` for an unknown name, and a
 * `RangeError` for what is no number, or one below the least that makes sense.
 */
export function checkNumbers(what: string, given: object, known: readonly string[], least: number): void {
  for (const name in given) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    checkOneOf(what, name, known);
    if (value !== undefined && !(typeof value === 'number' && value >= least)) {
      throw new RangeError(
        `${what}.${name} is ${value as number}: give a number from ${least}, or Infinity for no limit`,
      );
    }
  }
}

/** The record without what is `undefined` in it: a value given as undefined is one not given. */
export function omitUndefined<Given extends object>(record: Given): Given {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Given;
}
