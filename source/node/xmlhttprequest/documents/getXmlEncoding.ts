import { getEncoding } from '../../../parsing/encoding/getEncoding.js';

/**
 * [Gets an XML encoding](https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing): what
 * something like an XML declaration at the start of an HTML document says, its bytes given as a string; `undefined` is the
 * standard's failure.
 */
export function getXmlEncoding(input: string): string | undefined {
  // 1. Let encodingPosition be a pointer to the start of the stream.
  // 2. If encodingPosition does not point to the start of a byte sequence `<?xml`, then return failure.
  // 3. Let xmlDeclarationEnd be a pointer to the next byte which is 0x3E (>). If there is no such byte, return failure.
  const [declaration = ''] = /^<\?xml[^>]*>/.exec(input) ?? [];
  // 4. Set encodingPosition to the position of the first occurrence of the bytes `encoding`. If there is no such sequence,
  //    then return failure. 5. Advance encodingPosition past the 0x67 (g) byte.
  const encodingPosition = declaration.indexOf('encoding');
  if (encodingPosition === -1) return undefined;
  // 6. to 15. Skip bytes that are 0x20 or less. If the byte is not 0x3D (=), then return failure. Advance. Skip bytes that are
  //    0x20 or less. If the byte, quoteMark, is not 0x22 (") or 0x27 ('), then return failure. Advance. Let potentialEncoding be
  //    the bytes up to the next occurrence of quoteMark. If it does not occur again, or if potentialEncoding contains one or
  //    more bytes that are 0x20 or below, then return failure.
  const rest = declaration.slice(encodingPosition + 'encoding'.length);
  const [, double, single] = /^[\0-\x20]*=[\0-\x20]*(?:"([^\0-\x20"]*)"|'([^\0-\x20']*)')/.exec(rest) ?? [];
  const potentialEncoding = double ?? single;
  if (potentialEncoding === undefined) return undefined;
  // 16. Let encoding be the result of getting an encoding given potentialEncoding isomorphic decoded.
  const encoding = getEncoding(potentialEncoding);
  // 17. If the encoding is UTF-16BE/LE, then change it to UTF-8. 18. Return encoding.
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}
