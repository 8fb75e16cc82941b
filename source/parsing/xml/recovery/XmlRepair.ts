import { type TextPosition } from '../../../errors/ParseError.js';

/**
 * What was wrong, and what was made of it:
 *
 * - `leadingCharacters`: white space or a second byte order mark before the declaration; passed over.
 * - `misplacedDeclaration`: an XML declaration inside the document; passed over.
 * - `malformedDeclaration`: an XML declaration that is not as it should be; what can be read of it counts.
 * - `encodingLabel`: an encoding by a name that only other languages know (`utf-8-sig`, `ISO8859_1`); taken for the one it means.
 * - `illegalBytes`: bytes that are illegal in the encoding, in hexadecimal; of other encodings than UTF-8, U+FFFD for them. In UTF-8 a
 *   single byte is taken for windows-1252, all else becomes U+FFFD.
 * - `forbiddenCharacter`: a character that XML forbids, as it stands or by reference; it becomes U+FFFD.
 * - `surrogatePair`: two references, to the halves of one character; they become that character.
 * - `undeclaredEntity`: an entity that nothing declares; HTML's character of this name, or text as it stands.
 * - `bareAmpersand`, `bareLessThan`, `cdataEnd`: `&`, `<` or `]]>` that stands for itself; taken as text.
 * - `undeclaredPrefix`: a name whose prefix nothing declares; taken as it stands, in no namespace.
 * - `duplicateAttribute`: an attribute that the element has already; the first one stands.
 * - `unquotedValue`, `missingValue`, `missingSpace`: a value without quotes, an attribute without a value (it is empty), attributes
 *   without white space between them.
 * - `doubleHyphen`: `--` inside a comment; part of the comment.
 * - `unclosedElement`: an element that the end tag of an outer one closes.
 * - `strayEndTag`: an end tag that closes no element; passed over.
 * - `junk`: something outside the root element that is neither a comment nor a processing instruction; passed over.
 * - `secondRoot`: another element behind the root; read like the first. A `Document` has only the first.
 */
export type XmlRepairKind =
  | 'leadingCharacters'
  | 'misplacedDeclaration'
  | 'malformedDeclaration'
  | 'encodingLabel'
  | 'illegalBytes'
  | 'forbiddenCharacter'
  | 'surrogatePair'
  | 'undeclaredEntity'
  | 'bareAmpersand'
  | 'bareLessThan'
  | 'cdataEnd'
  | 'undeclaredPrefix'
  | 'duplicateAttribute'
  | 'unquotedValue'
  | 'missingValue'
  | 'missingSpace'
  | 'doubleHyphen'
  | 'unclosedElement'
  | 'strayEndTag'
  | 'junk'
  | 'secondRoot';

/** Something in a document that is not well-formed and that was read all the same. */
export interface XmlRepair {
  /** What was wrong. */
  readonly kind: XmlRepairKind;
  /** Where it is. */
  readonly position: TextPosition;
  /** What stands there, at most 100 characters of it. */
  readonly text: string;
}

/** The option `recover`: whether to read on, and who is told of each repair. */
export type XmlRecover = boolean | ((repair: XmlRepair) => void);

const longestText = 100;

/** A repair with as much of its text as is reported. */
export function repairOf(
  kind: XmlRepairKind,
  { line, column, offset }: TextPosition,
  text: string,
): XmlRepair {
  const isLong = text.length > longestText;
  return {
    kind,
    position: { line, column, offset },
    text: isLong ? `${text.slice(0, longestText - 1)}…` : text,
  };
}
