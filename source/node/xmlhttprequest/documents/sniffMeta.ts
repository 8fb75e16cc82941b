import { getEncoding } from '../../../parsing/encoding/getEncoding.js';
import { extractCharacterEncoding } from './extractCharacterEncoding.js';
import { getAttribute } from './getAttribute.js';

/**
 * The steps of the
 * [prescan](https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding) for a `meta`
 * tag: the encoding that it names, if any, and the position of its end, or of the end of the bytes if they run out.
 *
 * @param input - the bytes, as a string.
 * @param start - 1. Advance the position pointer so that it points at the byte behind `<meta`.
 */
export function sniffMeta(input: string, start: number): readonly [charset: string | undefined, end: number] {
  let position = start;
  // 2. Let attribute list be an empty list of strings. 3. Let got pragma be false. 4. Let need pragma be null.
  const attributeList = new Set<string>();
  let gotPragma = false;
  let needPragma: boolean | undefined;
  // 5. Let charset be the null value (which is distinct from an unrecognized encoding). Note: it is null as long as need
  //    pragma is.
  let charset: string | undefined;
  // 6. Attributes: Get an attribute and its value. If no attribute was sniffed, then jump to the processing step below.
  for (let found = getAttribute(input, position); found; found = getAttribute(input, position)) {
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
