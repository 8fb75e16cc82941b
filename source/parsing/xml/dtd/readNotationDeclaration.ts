import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';
import { readExternalId } from './readExternalId.js';

/**
 * Reads what follows `<!NOTATION`.
 *
 * @see https://www.w3.org/TR/xml/#NT-NotationDecl
 */
export function readNotationDeclaration(scanner: DtdScanner, { notations }: DtdContext): void {
  scanner.requireSpace('<!NOTATION');
  const name = scanner.plainName('a notation');
  scanner.requireSpace('the name of a notation');
  const identifiers = readExternalId(scanner, { systemOptional: true });
  if (identifiers === undefined) scanner.fail(`SYSTEM or PUBLIC is missing in the notation ${name}`);
  scanner.skipSpace();
  scanner.expect('>', `the declaration of the notation ${name}`);
  if (!notations.has(name)) notations.set(name, identifiers);
}
