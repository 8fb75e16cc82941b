import { checkOneOf } from './checkOneOf.js';

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
