import { stripHttpWhitespace } from '../../http/fieldSyntax.js';

/**
 * Names and values in turn from undici's record of them. The record, not `controller.rawHeaders`: it is what an
 * interceptor of the caller's dispatcher changes (one that decodes the body takes `content-encoding` out), and its strings
 * are made already.
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

/** llhttp leaves the blanks after a value in place; they are no part of it (RFC 9112, 5). */
function withoutBlanks(value: string): string {
  const last = value.charCodeAt(value.length - 1);
  return last === 0x20 || last === 0x09 ? stripHttpWhitespace(value) : value;
}

/** undici decodes the reason phrase as UTF-8; browsers give its bytes as code points. Bytes that were no UTF-8 are lost. */
export function reasonPhrase(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) || text.includes('\uFFFD') ? text : Buffer.from(text).toString('latin1');
}
