import { type MimeType } from './MimeType.js';
import { isToken } from './isToken.js';
import { stripHttpWhitespace } from './stripHttpWhitespace.js';

/**
 * [Parses a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type); `undefined` is the standard's failure.
 */
export function parseMimeType(input: string): MimeType | undefined {
  // 1. Remove any leading and trailing HTTP whitespace from input.
  const text = stripHttpWhitespace(input);
  // 2. Let position be a position variable for input.
  // 3. to 9. Collect the type up to "/" and the subtype up to ";", without its trailing HTTP whitespace; where one is
  //    empty or no HTTP token, return failure.
  const semicolon = text.indexOf(';');
  let position = semicolon < 0 ? text.length : semicolon;
  const essence = stripHttpWhitespace(text.slice(0, position), 'end');
  const slash = essence.indexOf('/');
  if (!isToken(essence.slice(0, Math.max(slash, 0))) || !isToken(essence.slice(slash + 1))) return undefined;
  // 10. Let mimeType be a new MIME type record whose type is type, in lowercase, and subtype is subtype, in lowercase.
  const parameters = new Map<string, string>();
  // 11. While position is not past the end of input:
  while (position < text.length) {
    // 1. to 9. Collect the name up to ";" or "=", and the value: a quoted string, whatever follows it up to ";" ignored,
    //    or all up to ";". A string that never ends goes on to the end; a backslash there stands for itself.
    parameter.lastIndex = position;
    const [whole = '', rawName = '', quoted, plain = ''] = parameter.exec(text) ?? [];
    position += whole.length;
    const value = quoted?.replace(/\\([^])/g, '$1') ?? stripHttpWhitespace(plain, 'end');
    // 10. If name is an HTTP token that mimeType has no parameter for yet, and value solely contains HTTP quoted-string
    //     token code points, then set it. (9.3: a value that is not quoted must not be empty.)
    const given = quoted !== undefined || value !== '';
    if (given && isToken(rawName) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      const name = rawName.toLowerCase();
      if (!parameters.has(name)) parameters.set(name, value);
    }
  }
  // 12. Return mimeType.
  return { essence: essence.toLowerCase(), parameters };
}

/** A parameter from its semicolon on: its name, then the inside of a quoted string or the value up to the next semicolon. */
const parameter = /;[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\[^]|\\$)*)(?:"|$)[^;]*|([^;]*)))?/y;
