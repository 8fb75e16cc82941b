import { getAttribute } from './getAttribute.js';
import { getXmlEncoding } from './getXmlEncoding.js';
import { sniffMeta } from './sniffMeta.js';

/**
 * [Prescans a byte stream to determine its encoding](https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding):
 * looks for what the start of an HTML document says of it; `undefined` is the standard's failure.
 *
 * @param bytes - those up to the end condition, for which 1024 are usual.
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
      for (let found = getAttribute(input, position); found; found = getAttribute(input, position)) {
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
