import { isToken } from './isToken.js';
import { type MimeType } from './MimeType.js';
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
  const essence = stripHttpWhitespace(text.replace(/;[^]*/, ''), 'end');
  if (!/.\/./.test(essence) || !isToken(essence.replace('/', ''))) return undefined;
  // 10. Let mimeType be a new MIME type record whose type is type, in lowercase, and subtype is subtype, in lowercase.
  const parameters = new Map<string, string>();
  // 11. While position is not past the end of input:
  for (const [, rawName = '', quoted, plain = ''] of text.matchAll(parameter)) {
    // 1. to 9. Collect the name up to ";" or "=", and the value: a quoted string, whatever follows it up to ";" ignored,
    //    or all up to ";". A string that never ends goes on to the end; a backslash there stands for itself.
    const name = rawName.toLowerCase();
    const value = quoted?.replace(/\\([^])/g, '$1') ?? stripHttpWhitespace(plain, 'end');
    // 10. If name is an HTTP token that mimeType has no parameter for yet, and value solely contains HTTP quoted-string
    //     token code points, then set it. (9.3: a value that is not quoted must not be empty.)
    const isGiven = quoted !== undefined || value !== '';
    if (isGiven && isToken(rawName) && !parameters.has(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      parameters.set(name, value);
    }
  }
  // 12. Return mimeType.
  return { essence: essence.toLowerCase(), parameters };
}

/** A parameter from its semicolon on: its name, then the inside of a quoted string or the value up to the next semicolon. */
const parameter = /;[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\[^]|\\$)*)(?:"|$)[^;]*|([^;]*)))?/g;
