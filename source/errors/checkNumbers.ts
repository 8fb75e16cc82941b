import { checkNumber } from './checkNumber.js';
import { checkOneOf } from './checkOneOf.js';

/** Checks a record of numbers of known names; `undefined` is one not given. */
export function checkNumbers(
  what: string,
  given: object | undefined,
  known: readonly string[],
  least: number,
): void {
  for (const [name, value] of Object.entries(given ?? {}) as [string, number | undefined][]) {
    checkOneOf(what, name, known);
    checkNumber(`${what}.${name}`, value ?? least, least);
  }
}
