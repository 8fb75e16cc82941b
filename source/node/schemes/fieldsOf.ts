import { type Dispatcher } from 'undici';
import { stripHttpWhitespace } from '../../http/fieldSyntax.js';

/** Header fields as undici reports them, by their names in lower case. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Names and values in turn from undici's record of them. The record, not `controller.rawHeaders`: it is what an
 * interceptor of the caller's dispatcher changes (one that decodes the body takes `content-encoding` out), and its strings
 * are made already.
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

/** The same of trailers. Over HTTP/2, undici 7 has them on the controller alone, as a record. */
export function trailerPairs(
  { rawTrailers = null }: Partial<Dispatcher.DispatchController>,
  trailers: HeaderRecord,
): string[] {
  const isRecord = rawTrailers !== null && !Array.isArray(rawTrailers);
  return headerPairs(isRecord ? rawTrailers : trailers);
}

/** The length of the body that `Content-Length` announces, if it is a number. */
export function announcedLengthOf({ 'content-length': length }: HeaderRecord): number | undefined {
  return typeof length === 'string' && /^\d+$/.test(length) ? Number(length) : undefined;
}

/** The characters of all names and values. */
export function lengthOf(pairs: readonly string[]): number {
  let length = 0;
  for (const part of pairs) length += part.length;
  return length;
}

/** llhttp leaves the blanks after a value in place; they are no part of it (RFC 9112, 5). */
function withoutBlanks(value: string): string {
  const last = value.charCodeAt(value.length - 1);
  return last === 0x20 || last === 0x09 ? stripHttpWhitespace(value) : value;
}

/** undici decodes the reason phrase as UTF-8; browsers give its bytes as code points. Bytes that were no UTF-8 are lost. */
export function reasonPhrase(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) || text.includes('\uFFFD') ? text : Buffer.from(text).toString('latin1');
}
