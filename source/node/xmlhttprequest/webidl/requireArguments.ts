/** Throws a `TypeError` where an operation is called with too few arguments. */
export function requireArguments(operation: string, given: ArrayLike<unknown>, required: number): void {
  if (given.length >= required) return;
  throw new TypeError(
    `${operation} needs ${required} argument${required === 1 ? '' : 's'}, but got ${given.length}`,
  );
}
