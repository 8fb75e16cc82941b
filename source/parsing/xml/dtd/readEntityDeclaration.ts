import { characterOf, isReferenceName } from '../references.js';
import { type EntityDeclaration } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';
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

/**
 * Reads a quoted entity value and gives its replacement text: character references are resolved, references to general
 * entities stay. References to parameter entities are not allowed there in an internal subset.
 *
 * @see https://www.w3.org/TR/xml/#NT-EntityValue
 */
function readEntityValue(scanner: DtdScanner, version: '1.0' | '1.1'): string {
  const value = scanner.quoted();
  if (value.includes('%'))
    scanner.fail('"%" is not allowed in an entity value of the internal subset', 'write "&#37;"');
  return value.replace(/&([^&;]*)(;?)/g, (reference, name: string, end: string) => {
    if (end === '' || !isReferenceName(name)) scanner.fail('a bare "&" in an entity value', 'write "&#38;"');
    if (!name.startsWith('#')) return reference;
    return characterOf(name, version);
  });
}
