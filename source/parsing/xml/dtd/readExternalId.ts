import { type NotationDeclaration } from './Dtd.js';
import { type DtdScanner } from './DtdScanner.js';

/**
 * Reads `SYSTEM "…"` or `PUBLIC "…" "…"`, if it comes next; a notation may leave the last literal out.
 *
 * @see https://www.w3.org/TR/xml/#NT-ExternalID
 */
export function readExternalId(
  scanner: DtdScanner,
  { systemOptional = false } = {},
): NotationDeclaration | undefined {
  if (scanner.accept('SYSTEM')) {
    scanner.requireSpace('SYSTEM');
    return { publicId: undefined, systemId: scanner.quoted('a system identifier') };
  }
  if (!scanner.accept('PUBLIC')) return undefined;
  scanner.requireSpace('PUBLIC');
  const publicId = scanner.quoted('a public identifier');
  if (/[^ \r\na-zA-Z0-9\-'()+,./:=?;!*#@$_%]/.test(publicId)) {
    scanner.fail('a character is not allowed in a public identifier');
  }
  const spaced = scanner.skipSpace();
  const next = scanner.text[scanner.index];
  if (systemOptional && next !== '"' && next !== "'") return { publicId, systemId: undefined };
  if (!spaced) scanner.fail('there is no white space after a public identifier');
  return { publicId, systemId: scanner.quoted('a system identifier') };
}
