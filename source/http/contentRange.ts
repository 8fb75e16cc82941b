/** What a [Content-Range](https://www.rfc-editor.org/rfc/rfc9110#name-content-range) says of bytes. */
export interface ContentRange {
  /** The first and the last byte; `undefined` where the range could not be satisfied (416). */
  readonly range: { readonly first: number; readonly last: number } | undefined;
  /** How many bytes the whole has; `undefined` where the server does not know. */
  readonly length: number | undefined;
}

/** Reads such a field; `undefined` where it is missing, malformed, or contradicts itself. */
export function parseContentRange(field: string | undefined): ContentRange | undefined {
  const match = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/i.exec(field ?? '');
  if (match === null) return undefined;
  const [, first, last, whole] = match;
  const length = whole === '*' ? undefined : Number(whole);
  if (first === undefined || last === undefined)
    return length === undefined ? undefined : { range: undefined, length };
  const range = { first: Number(first), last: Number(last) };
  return range.first > range.last || range.last >= (length ?? Infinity) ? undefined : { range, length };
}
