import { isToken } from './isToken.js';
import { type MimeType } from './MimeType.js';

/** [Serializes a MIME type](https://mimesniff.spec.whatwg.org/#serialize-a-mime-type): `text/html;charset=utf-8`. */
export function serializeMimeType({ essence, parameters }: MimeType): string {
  // 1. Let serialization be the concatenation of mimeType's type, U+002F (/), and mimeType's subtype.
  let serialization = essence;
  // 2. For each name → value of mimeType's parameters:
  for (const [name, value] of parameters) {
    // 1. Append U+003B (;) to serialization. 2. Append name to serialization. 3. Append U+003D (=) to serialization.
    // 4. If value does not solely contain HTTP token code points or value is the empty string, then precede each
    //    occurrence of U+0022 (") or U+005C (\) in value with U+005C (\), and put value between two U+0022 (").
    // 5. Append value to serialization.
    serialization += `;${name}=${isToken(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
  }
  // 3. Return serialization.
  return serialization;
}
