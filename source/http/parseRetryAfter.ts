/**
 * The milliseconds that a [Retry-After](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after) field asks for, at least 0;
 * `undefined` where there is none or it is malformed.
 *
 * @param now - milliseconds since the epoch.
 */
export function parseRetryAfter(field: string | undefined, now: number): number | undefined {
  if (field === undefined) return undefined;
  if (/^\d+$/.test(field)) return Number(field) * 1_000;
  const date = parseHttpDate(field);
  return date === undefined ? undefined : Math.max(0, date - now);
}

/**
 * An [HTTP-date](https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats) in each of its three forms, in milliseconds since
 * the epoch. `Date.parse` alone would read much else, and the third form as local time.
 */
export function parseHttpDate(field: string): number | undefined {
  if (!/^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? /.test(field)) return undefined;
  const date = Date.parse(field.endsWith(' GMT') ? field : `${field} GMT`);
  return Number.isNaN(date) ? undefined : date;
}
