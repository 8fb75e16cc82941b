// Brings the tables of the multi-byte encodings along.
import '@exodus/bytes/encoding.js';
import { percentEncodeAfterEncoding } from '@exodus/bytes/whatwg.js';
import { parseUrl } from '../../http/serializedUrl.js';
import { getEncoding } from '../../parsing/encoding/textDecoder.js';

/**
 * [Encoding-parses a URL](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#encoding-parsing-a-url): in a
 * document whose encoding is not UTF-8, the query of a URL is in that encoding. `undefined` is the standard's failure.
 *
 * @param url - a scalar value string.
 * @param encoding - a label of the document's encoding; one that the Encoding Standard does not know is UTF-8.
 */
export function encodingParseUrl(
  url: string,
  base: string | URL | undefined,
  encoding: string,
): URL | undefined {
  const parsed = parseUrl(url, base);
  if (parsed === undefined || encoding.toLowerCase() === 'utf-8') return parsed;
  const inEncoding = encodeQuery(parsed, url, encoding);
  return inEncoding === undefined ? parsed : parseUrl(inEncoding, base);
}

/**
 * The [query state](https://url.spec.whatwg.org/#query-state) of the URL parser, for an encoding other than UTF-8: the
 * input with its query percent-encoded; `undefined` where UTF-8 gives the same.
 */
function encodeQuery({ protocol }: URL, url: string, label: string): string | undefined {
  // 1. If encoding is not UTF-8 and url is not special or url's scheme is an ASCII case-insensitive match for "ws" or
  //    "wss", then set encoding to UTF-8.
  if (!/^(?:https?|ftp|file):$/.test(protocol)) return undefined;
  // The parser, too, removes white space before it looks at the first "#" and "?", whatever stands before them.
  const input = (/[^\0-\x20](?:[^]*[^\0-\x20])?/.exec(url)?.[0] ?? '').replace(/[\t\n\r]/g, '');
  const [, before = '', buffer = '', fragment = ''] = /^([^?#]*\?)([^#]*)(#?[^]*)$/.exec(input) ?? [];
  if (/^[\x20-\x7e]*$/.test(buffer)) return undefined;
  const encoding = getOutputEncoding(label);
  if (encoding === 'utf-8') return undefined;
  // 2. … let queryPercentEncodeSet be the special-query percent-encode set, … percent-encode after encoding, with
  //    encoding, buffer, and queryPercentEncodeSet, and append the result to url's query.
  return before + percentEncodeAfterEncoding(encoding, buffer, specialQuery) + fragment;
}

/** The [special-query percent-encode set](https://url.spec.whatwg.org/#special-query-percent-encode-set), but for what is in all sets. */
const specialQuery = ' "#\'<>';

/** [Gets an output encoding](https://encoding.spec.whatwg.org/#get-an-output-encoding). */
function getOutputEncoding(label: string): string {
  const encoding = getEncoding(label) ?? 'utf-8';
  // If encoding is replacement or UTF-16BE/LE, then return UTF-8.
  return /^(?:replacement|utf-16[bl]e)$/.test(encoding) ? 'utf-8' : encoding;
}
