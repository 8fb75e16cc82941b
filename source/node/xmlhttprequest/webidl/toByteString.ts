import { toDOMString } from './toDOMString.js';

/**
 * Converts a value to a [ByteString](https://webidl.spec.whatwg.org/#js-ByteString), a code unit for each byte. Throws a
 * `TypeError` where one is no byte.
 */
export function toByteString(value: unknown): string {
  const text = toDOMString(value);
  const at = text.search(/[^\0-\xff]/);
  if (at === -1) return text;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw new TypeError(`A character above U+00FF (U+${code} at ${at}) cannot stand in a ByteString`);
}
