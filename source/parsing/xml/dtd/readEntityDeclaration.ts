import { type EntityDeclaration } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';
import { readEntityValue } from './readEntityValue.js';
import { readExternalId } from './readExternalId.js';

/**
 * Reads what stands between `<!ENTITY` and `>`. Of two declarations of one entity the first holds.
 *
 * @see https://www.w3.org/TR/xml/#NT-EntityDecl
 */
export function readEntityDeclaration(scanner: DtdScanner, context: DtdContext): void {
  const parameter = scanner.accept('%');
  if (parameter) scanner.requireSpace();
  const name = scanner.plainName();
  scanner.requireSpace();
  const declaration = readDefinition(scanner, parameter, context);
  const entities = parameter ? context.parameterEntities : context.entities;
  if (context.binding && !entities.has(name)) entities.set(name, declaration);
}

function readDefinition(scanner: DtdScanner, parameter: boolean, { version }: DtdContext): EntityDeclaration {
  if (readExternalId(scanner) === undefined)
    return { text: readEntityValue(scanner, version), unparsed: false };
  const unparsed = scanner.skipSpace() && !parameter && scanner.accept('NDATA');
  if (unparsed) {
    scanner.requireSpace();
    scanner.plainName();
  }
  return { text: undefined, unparsed };
}
