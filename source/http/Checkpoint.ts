/** Where the reading of a body can go on in another request: plain data, which survives JSON. */
export interface Checkpoint {
  /** The version of this data's form. */
  readonly version: 1;
  /** The URL that the response came from. */
  readonly url: string;
  /** The response's strong validator: its entity tag, or its `Last-Modified`. */
  readonly validator: string;
  /** Bytes of the body that are done with. */
  readonly offset: number;
  /** So many bytes before `offset` are asked for again, to see that they are still what they were. */
  readonly overlap: number;
}

/** What header fields are looked up in. */
interface Fields {
  get(name: string): string | undefined;
}

/**
 * The [strong validator](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1) of a response: an entity tag that is not weak, else
 * `Last-Modified` where `Date` is at least a minute later, so that no change can hide in the same second. `undefined` where there is none.
 */
export function strongValidator(headers: Fields): string | undefined {
  const tag = headers.get('etag');
  if (tag !== undefined && /^"[^"]*"$/.test(tag)) return tag;
  const modified = headers.get('last-modified');
  const since = Date.parse(headers.get('date') ?? '') - Date.parse(modified ?? '');
  return tag === undefined && since >= 60_000 ? modified : undefined;
}

/** The content codings of a response's body; `undefined` where there are none. */
export function contentCodings(headers: Fields): string | undefined {
  const codings = headers.get('content-encoding')?.trim();
  return codings === undefined || codings === '' || /^identity$/i.test(codings) ? undefined : codings;
}
