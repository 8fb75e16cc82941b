/** Throws a `TypeError` for an unknown name, such as a mistyped one, and lists the known names. */
export function checkOneOf(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) {
    throw new TypeError(`Unknown ${what} '${name}': use one of ${known.join(', ')}`);
  }
}

/**
 * Checks a record of numbers with known names; `undefined` counts as absent. Throws a `TypeError` for an unknown name, and a
 * `RangeError` for a value that is not a number or is below `least`.
 */
export function checkNumbers(what: string, given: object, known: readonly string[], least: number): void {
  for (const name in given) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    checkOneOf(what, name, known);
    if (value !== undefined && !(typeof value === 'number' && value >= least)) {
      throw new RangeError(
        `${what}.${name} is ${value as number}: use a number of at least ${least}, or Infinity for no limit`,
      );
    }
  }
}

/** Returns the record without its `undefined` values: an option set to undefined counts as absent. */
export function omitUndefined<Given extends object>(record: Given): Given {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Given;
}
