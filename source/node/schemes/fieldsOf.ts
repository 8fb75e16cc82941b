import { type Dispatcher } from 'undici';
import { stripHttpWhitespace } from '../../http/fieldSyntax.js';
import { type SchemeRedirect, type SchemeResponse } from './SchemeHandler.js';

/** Header fields as undici reports them, by their names in lower case. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Returns names and values in turn from undici's record: interceptors of the caller's dispatcher change it (one that decodes the
 * body removes `content-encoding`).
 */
export function headerPairs(record: HeaderRecord): string[] {
  const pairs: string[] = [];
  for (const name in record) {
    const value = record[name];
    if (typeof value === 'string') pairs.push(name, withoutBlanks(value));
    else if (value !== undefined) for (const one of value) pairs.push(name, withoutBlanks(one));
  }
  return pairs;
}

/** What a controller of undici has of a response's fields as they were received: names and values in turn. */
export type RawFields = Dispatcher.DispatchController['rawHeaders'] | undefined;

/**
 * Names and values in turn as they were received: in their order, the names' letter case kept. What an interceptor of the caller's
 * dispatcher changed is as in the record.
 */
export function receivedPairs(raw: RawFields, record: HeaderRecord): string[] {
  if (!Array.isArray(raw)) return headerPairs(record);
  return unchangedPairs(raw, record) ?? changedPairs(raw, record);
}

/** The usual case, at a third of the cost: no field repeats another, and the record has them in the same order. */
function unchangedPairs(raw: readonly (string | Buffer)[], record: HeaderRecord): string[] | undefined {
  const pairs: string[] = [];
  for (const key in record) {
    const value = record[key];
    const name = textOf(raw[pairs.length]);
    if (typeof value !== 'string' || name.toLowerCase() !== key) return undefined;
    pairs.push(name, withoutBlanks(value));
  }
  return pairs.length === raw.length ? pairs : undefined;
}

function changedPairs(raw: readonly (string | Buffer)[], record: HeaderRecord): string[] {
  const pairs: string[] = [];
  const seen = new Map<string, number>();
  for (let index = 0; index < raw.length; index += 2) {
    const name = textOf(raw[index]);
    const key = name.toLowerCase();
    const nth = seen.get(key) ?? 0;
    const value = nthValue(record[key], nth);
    seen.set(key, nth + 1);
    if (value !== undefined) pairs.push(name, withoutBlanks(value));
  }
  // What an interceptor has added.
  for (const key in record) {
    for (let nth = seen.get(key) ?? 0; ; nth++) {
      const value = nthValue(record[key], nth);
      if (value === undefined) break;
      pairs.push(key, withoutBlanks(value));
    }
  }
  return pairs;
}

function nthValue(value: string | readonly string[] | undefined, nth: number): string | undefined {
  if (typeof value !== 'string') return value?.[nth];
  return nth === 0 ? value : undefined;
}

function textOf(field: string | Buffer | undefined): string {
  return typeof field === 'string' ? field : (field?.toString('latin1') ?? '');
}

/** The same of trailers. Over HTTP/2, undici 7 has them on the controller alone, as a record. */
export function trailerPairs(
  { rawTrailers = null }: Partial<Dispatcher.DispatchController>,
  trailers: HeaderRecord,
): string[] {
  const isRecord = rawTrailers !== null && !Array.isArray(rawTrailers);
  return isRecord ? headerPairs(rawTrailers) : receivedPairs(rawTrailers, trailers);
}

const noRedirects: readonly SchemeRedirect[] = [];

/** The head of a response, from its first line and its fields as undici reports them. */
export function responseHead(
  line: Pick<SchemeResponse, 'url' | 'status' | 'statusText'>,
  headers: HeaderRecord,
  raw: RawFields | undefined,
): SchemeResponse {
  return {
    ...line,
    headers: headerPairs(headers),
    receivedHeaders: () => receivedPairs(raw, headers),
    redirects: noRedirects,
    total: announcedLengthOf(headers),
  };
}

/** The length of the body that `Content-Length` announces, if it is a number. */
function announcedLengthOf({ 'content-length': length }: HeaderRecord): number | undefined {
  return typeof length === 'string' && /^\d+$/.test(length) ? Number(length) : undefined;
}

/** The characters of all names and values. */
export function lengthOf(pairs: readonly string[]): number {
  let length = 0;
  for (const part of pairs) length += part.length;
  return length;
}

/** Removes the blanks after a value, which llhttp leaves in place; they are not part of it (RFC 9112, 5). */
function withoutBlanks(value: string): string {
  const last = value.charCodeAt(value.length - 1);
  return last === 0x20 || last === 0x09 ? stripHttpWhitespace(value) : value;
}

/**
 * Undoes undici's UTF-8 decoding of the reason phrase; browsers return its bytes as code points. Bytes that were not UTF-8 are
 * lost.
 */
export function reasonPhrase(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) || text.includes('\uFFFD') ? text : Buffer.from(text).toString('latin1');
}
