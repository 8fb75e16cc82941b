/** What saxes objects to, in our words. */
export interface SaxesFailure {
  readonly detail: string;
  /** Whether the trouble is the whole token's, so that its start is the place to name, not the last character read. */
  readonly ofToken: boolean;
  readonly advice?: string | undefined;
}

/** Its other messages say it themselves. */
const words: Readonly<Record<string, readonly [detail: string, ofToken?: boolean, advice?: string]>> = {
  'malformed comment': ['"--" is not allowed inside a comment'],
  'disallowed character in tag name': ['"<" is not followed by a name', false, 'write "&lt;" for "<"'],
  'text data outside of root node': ['there is text outside the root element', true],
  'inappropriately located doctype declaration': ['a document type declaration is not allowed here', true],
  'byte order mark': ['there is a second byte order mark', true, 'remove it, or read on with recover'],
  'incorrect syntax': [
    '"<!" starts neither a comment, a CDATA section nor a document type declaration',
    true,
  ],
  'documents may contain only one root': ['there is a second root element', true],
  'forward-slash in opening tag not followed by >': ['"/" is not followed by ">"'],
  'disallowed character in attribute name': ['a character is not allowed inside a start tag'],
  'the string "]]>" is disallowed in char data': ['"]]>" is not allowed in text', false, 'write "]]&gt;"'],
  'an XML declaration must be at the start of the document': [
    'the XML declaration is not at the very start',
    true,
  ],
  'the XML declaration must appear at the start of the document': [
    '"xml" is not a target that a processing instruction may have',
    true,
  ],
};

/**
 * Says what saxes means by the message of its error, which names no token.
 *
 * @param code - the last character that was read
 */
export function describeSaxesFailure(message: string, code: number): SaxesFailure {
  const bare = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  const known = words[bare];
  if (known !== undefined) return { detail: known[0], ofToken: known[1] ?? false, advice: known[2] };
  if (bare === 'disallowed character') {
    const number = code.toString(16).toUpperCase().padStart(4, '0');
    return { detail: `the character U+${number} is not allowed in XML`, ofToken: false };
  }
  const [, names] = /^expected (?:one of|the name) ?(.*)$/.exec(bare) ?? [];
  if (names === undefined) return { detail: bare, ofToken: false };
  const advice = 'the order is version, encoding, standalone';
  return { detail: 'the XML declaration is malformed', ofToken: false, advice };
}
