/** An attribute that was sniffed in bytes. */
export interface SniffedAttribute {
  /** The name, in lower case. */
  readonly name: string;
  /** The value, in lower case. */
  readonly value: string;
  /** The position behind it. */
  readonly end: number;
}

/**
 * [Gets an attribute](https://html.spec.whatwg.org/multipage/parsing.html#concept-get-attributes-when-sniffing) of a tag, in
 * bytes that are given as a string; `undefined` where there is none, and where the bytes run out.
 */
export function getAttribute(input: string, position: number): SniffedAttribute | undefined {
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
