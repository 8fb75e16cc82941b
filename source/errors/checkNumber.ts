/** Throws a `RangeError` for what is no number, or one below the least that makes sense. */
export function checkNumber(what: string, value: number, least: number): void {
  if (!(value >= least)) {
    throw new RangeError(`${what} is ${value}: give a number from ${least}, or Infinity for no limit`);
  }
}
