import { getEncoding } from '../../../parsing/encoding/textDecoder.js';

/**
 * [Prescans a byte stream to determine its encoding](https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding):
 * looks for a declaration at the start of an HTML document; `undefined` is the standard's failure.
 *
 * @param bytes - the bytes up to the end condition, usually 1024.
 */
export function prescanByteStream(bytes: Uint8Array): string | undefined {
  const input = String.fromCharCode(...bytes);
  // 1. Let position be a pointer to a byte in the input byte stream, initially pointing at the first byte.
  let position = 0;
  const at = (pattern: RegExp): number => {
    pattern.lastIndex = position;
    return pattern.exec(input)?.[0].length ?? 0;
  };
  // 2. Prescan for UTF-16 XML declarations: If position points to the bytes of `<?x` in UTF-16LE or in UTF-16BE, return that.
  if (input.startsWith('<\0?\0x\0')) return 'utf-16le';
  if (input.startsWith('\0<\0?\0x')) return 'utf-16be';
  // 3. Loop: If position points to:
  while (position < input.length) {
    if (at(/<!--/y) > 0) {
      // `<!--`: Advance the position pointer so that it points at the first 0x3E byte which is preceded by two 0x2D bytes and
      // comes after the 0x3C byte that was found. (The two 0x2D bytes can be the same as those in `<!--`.)
      const end = input.indexOf('-->', position + 2);
      if (end === -1) break;
      position = end + 2;
    } else if (at(/<meta[\t\n\f\r /]/iy) > 0) {
      const [charset, end] = sniffMeta(input, position + '<meta'.length);
      if (charset !== undefined) return charset;
      position = end;
    } else if (at(/<\/?[a-z]/iy) > 0) {
      // `<`, optionally `/`, and a letter: 1. Advance the position pointer so that it points at the next 0x09, 0x0A, 0x0C,
      // 0x0D, 0x20, or 0x3E byte.
      position += at(/[^\t\n\f\r >]*/y);
      // 2. Repeatedly get an attribute until no further attributes can be found, then jump to the step labeled next byte.
      for (let found = sniffAttribute(input, position); found; found = sniffAttribute(input, position)) {
        position = found.end;
      }
      position += at(/[\t\n\f\r /]*/y);
      if (input[position] !== '>') break;
    } else if (at(/<[!/?]/y) > 0) {
      // `<!`, `</` or `<?`: Advance the position pointer so that it points at the first 0x3E byte that comes after the 0x3C.
      position += at(/[^>]*/y);
    }
    // 4. Next byte: Move position so it points at the next byte in the input byte stream, and return to the step labeled loop.
    position += 1;
  }
  // If the user agent runs out of bytes, return the result of getting an XML encoding applied to the same bytes.
  return getXmlEncoding(input);
}

/**
 * [Gets an XML encoding](https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing): the one in
 * an XML declaration at the start of an HTML document, whose bytes are given as a string; `undefined` is the standard's failure.
 */
function getXmlEncoding(input: string): string | undefined {
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

/** An attribute sniffed in bytes. */
interface SniffedAttribute {
  /** The name, in lower case. */
  readonly name: string;
  /** The value, in lower case. */
  readonly value: string;
  /** The position after it. */
  readonly end: number;
}

/**
 * [Gets an attribute](https://html.spec.whatwg.org/multipage/parsing.html#concept-get-attributes-when-sniffing) of a tag, in
 * bytes given as a string; `undefined` if there is none or the bytes run out.
 */
function sniffAttribute(input: string, position: number): SniffedAttribute | undefined {
  attribute.lastIndex = position;
  const [match, name, quoted, singleQuoted, unquoted] = attribute.exec(input) ?? [];
  if (match === undefined || name === undefined) return undefined;
  const value = quoted ?? singleQuoted ?? unquoted ?? '';
  return { name: name.toLowerCase(), value: value.toLowerCase(), end: position + match.length };
}

const attribute = new RegExp(
  [
    // 1. If the byte at position is one of 0x09, 0x0A, 0x0C, 0x0D, 0x20 or 0x2F, then advance position to the next byte and
    //    redo this step. 2. If it is 0x3E (>), then abort: there isn't one.
    '[\\t\\n\\f\\r /]*',
    // 3. Otherwise, the byte at position is the start of the attribute name. 4. and 5. It goes on to 0x3D (=), unless that is
    //    its first byte, to white space, to 0x2F (/) or to 0x3E (>).
    '([^\\t\\n\\f\\r />][^\\t\\n\\f\\r />=]*)',
    '(?:(?=[/>])|(?=[\\t\\n\\f\\r =])',
    // 6. Spaces: skip white space. 7. If the byte at position is not 0x3D (=), abort: the value is the empty string.
    '[\\t\\n\\f\\r ]*(?:(?=[^\\t\\n\\f\\r =])',
    // 8. Advance position past the 0x3D (=) byte. 9. Value: skip white space.
    '|=[\\t\\n\\f\\r ]*(?:',
    // 10. Process the byte at position: a quote is looked for again, 0x3E (>) ends an empty value,
    '"([^"]*)"|\'([^\']*)\'|(?=>)',
    // 11. and 12. anything else is the start of a value up to white space or 0x3E (>).
    '|([^\\t\\n\\f\\r >"\'][^\\t\\n\\f\\r >]*)(?=[\\t\\n\\f\\r >]))))',
  ].join(''),
  'y',
);

/**
 * [Extracts a character encoding from a `meta` element](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements),
 * that is, from its `content`; `undefined` if there is none.
 */
export function extractCharacterEncoding(content: string): string | undefined {
  // 1. Let position be a pointer to the start of s. 2. Loop: Find the first "charset" after position, ASCII case-insensitively.
  //    If no such match is found, return nothing. 3. Skip any ASCII whitespace behind it. 4. If the next character is not
  //    U+003D (=), then return to the step labeled loop. 5. Skip any ASCII whitespace behind that.
  const [, value] = /charset[\t\n\f\r ]*=[\t\n\f\r ]*([^]*)/i.exec(content) ?? [];
  // 6. Process the next character: a quote that comes again, with what is between; an unmatched one, or none, with nothing;
  //    anything else, with what is up to the first ASCII whitespace or U+003B (;).
  const [, double, single, plain] =
    /^(?:"([^"]*)"|'([^']*)'|([^"'\t\n\f\r ;][^\t\n\f\r ;]*))/.exec(value ?? '') ?? [];
  const label = double ?? single ?? plain;
  return label === undefined ? undefined : getEncoding(label);
}

/**
 * The steps of the
 * [prescan](https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding) for a `meta`
 * tag: the encoding that it names, if any, and the position of its end, or of the end of the bytes if they run out.
 *
 * @param input - the bytes, as a string.
 * @param start - 1. Advance the position pointer so that it points at the byte behind `<meta`.
 */
function sniffMeta(input: string, start: number): readonly [charset: string | undefined, end: number] {
  let position = start;
  // 2. Let attribute list be an empty list of strings. 3. Let got pragma be false. 4. Let need pragma be null.
  const attributeList = new Set<string>();
  let gotPragma = false;
  let needPragma: boolean | undefined;
  // 5. Let charset be the null value (which is distinct from an unrecognized encoding). Note: it is null as long as need
  //    pragma is.
  let charset: string | undefined;
  // 6. Attributes: Get an attribute and its value. If no attribute was sniffed, then jump to the processing step below.
  for (let found = sniffAttribute(input, position); found; found = sniffAttribute(input, position)) {
    const { name, value } = found;
    position = found.end;
    // 7. If the attribute's name is already in attribute list, then return to the step labeled attributes.
    if (attributeList.has(name)) continue;
    // 8. Add the attribute's name to attribute list.
    attributeList.add(name);
    // 9. Run the appropriate step from the following list, if one applies:
    if (name === 'http-equiv') {
      // If the attribute's value is "content-type", then set got pragma to true.
      if (value === 'content-type') gotPragma = true;
    } else if (name === 'content') {
      // Extract a character encoding from the value. If one is returned, and if charset is still set to null, let charset be
      // the encoding returned, and set need pragma to true.
      const extracted = extractCharacterEncoding(value);
      if (extracted !== undefined && needPragma === undefined) {
        charset = extracted;
        needPragma = true;
      }
    } else if (name === 'charset') {
      // Let charset be the result of getting an encoding from the attribute's value, and set need pragma to false.
      charset = getEncoding(value);
      needPragma = false;
    }
    // 10. Return to the step labeled attributes.
  }
  while (/[\t\n\f\r /]/.test(input.charAt(position))) position += 1;
  if (input[position] !== '>') return [undefined, input.length];
  // 11. Processing: If need pragma is null, then jump to the step below labeled next byte.
  // 12. If need pragma is true but got pragma is false, then jump to the step below labeled next byte.
  if (needPragma === undefined || (needPragma && !gotPragma)) return [undefined, position];
  // 13. If charset is failure, then jump to the step below labeled next byte.
  // 14. If charset is UTF-16BE/LE, then set charset to UTF-8.
  if (charset?.startsWith('utf-16')) charset = 'utf-8';
  // 15. If charset is x-user-defined, then set charset to windows-1252.
  if (charset === 'x-user-defined') charset = 'windows-1252';
  // 16. Return charset.
  return [charset, position];
}
