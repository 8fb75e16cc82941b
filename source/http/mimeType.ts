import { isToken, stripHttpWhitespace } from './fieldSyntax.js';

/** A parsed MIME type. */
export interface MimeType {
  /** Type and subtype, in lower case: `text/html`. */
  readonly essence: string;
  /** The parameters by lower-case name, in order; of several with one name, the first. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** [Parses a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type); `undefined` stands for the standard's failure. */
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

/**
 * A parameter, starting at its semicolon: its name, then the content of a quoted string or the value up to the next
 * semicolon.
 */
const parameter = /;[\t\n\r ]*([^;=]*)(?:=(?:"((?:[^"\\]|\\[^]|\\$)*)(?:"|$)[^;]*|([^;]*)))?/g;

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

/** Whether a MIME type is an [HTML MIME type](https://mimesniff.spec.whatwg.org/#html-mime-type). */
export function isHtmlMimeType({ essence }: MimeType): boolean {
  return essence === 'text/html';
}

/** Whether a MIME type is an [XML MIME type](https://mimesniff.spec.whatwg.org/#xml-mime-type). */
export function isXmlMimeType({ essence }: MimeType): boolean {
  return /^(?:application|text)\/xml$|\+xml$/.test(essence);
}

/** Whether a MIME type is a [JSON MIME type](https://mimesniff.spec.whatwg.org/#json-mime-type). */
export function isJsonMimeType({ essence }: MimeType): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(essence);
}
