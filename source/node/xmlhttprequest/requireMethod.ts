/** Throws a `TypeError` where an option that is given is no function, or an object without the methods that it needs. */
export function requireMethod(option: string, value: unknown, ...methods: readonly string[]): void {
  if (value === undefined) return;
  const members = Object(value) as Readonly<Record<string, unknown>>;
  if (methods.length === 0 && typeof value !== 'function') {
    throw new TypeError(`The option ${option} must be a function`);
  }
  const missing = methods.find((method) => typeof members[method] !== 'function');
  if (missing !== undefined) throw new TypeError(`The option ${option} must have the method ${missing}()`);
}
