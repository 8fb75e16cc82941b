import { stripHttpWhitespace } from '../../http/fieldSyntax.js';

/**
 * Returns names and values in turn from undici's record, not from `controller.rawHeaders`: interceptors of the caller's
 * dispatcher change the record (one that decodes the body removes `content-encoding`), and its strings already exist.
 */
export function headerPairs(
  record: Readonly<Record<string, string | readonly string[] | undefined>>,
): string[] {
  const pairs: string[] = [];
  for (const name in record) {
    const value = record[name];
    if (typeof value === 'string') pairs.push(name, withoutBlanks(value));
    else if (value !== undefined) for (const one of value) pairs.push(name, withoutBlanks(one));
  }
  return pairs;
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
