import { type NotationDeclaration } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
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
  const publicId = scanner.accept('PUBLIC') ? readPublicId(scanner) : undefined;
  if (publicId === undefined && !scanner.accept('SYSTEM')) return undefined;
  const systemId = scanner.skipSpace() ? scanner.literal() : undefined;
  if (systemId === undefined && (publicId === undefined || !systemOptional)) {
    scanner.fail('a system identifier is missing');
  }
  return { publicId, systemId };
}

function readPublicId(scanner: DtdScanner): string {
  scanner.requireSpace();
  const publicId = scanner.quoted();
  if (/[^ \r\na-zA-Z0-9\-'()+,./:=?;!*#@$_%]/.test(publicId)) {
    scanner.fail('a character is not allowed in a public identifier');
  }
  return publicId;
}

/**
 * Reads what stands between `<!NOTATION` and `>`.
 *
 * @see https://www.w3.org/TR/xml/#NT-NotationDecl
 */
export function readNotationDeclaration(scanner: DtdScanner, { notations }: DtdContext): void {
  const name = scanner.plainName();
  scanner.requireSpace();
  const identifiers = readExternalId(scanner, { systemOptional: true });
  if (identifiers === undefined) scanner.fail('SYSTEM or PUBLIC is missing');
  if (!notations.has(name)) notations.set(name, identifiers);
}
