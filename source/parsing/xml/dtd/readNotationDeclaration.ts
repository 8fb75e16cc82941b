import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';
import { readExternalId } from './readExternalId.js';

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
