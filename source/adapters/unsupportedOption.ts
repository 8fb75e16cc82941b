/**
 * The error for an option that an adapter cannot honour: such an option is never ignored.
 *
 * @param advice - what to do instead.
 */
export function unsupportedOption(adapter: string, option: string, advice: string): TypeError {
  return new TypeError(`${adapter} cannot honour ${option}: ${advice}`);
}
