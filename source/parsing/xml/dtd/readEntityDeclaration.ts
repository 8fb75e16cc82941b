import { type EntityDeclaration } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';
import { readEntityValue } from './readEntityValue.js';
import { readExternalId } from './readExternalId.js';

/**
 * Reads what follows `<!ENTITY`. Of two declarations of one entity the first holds.
 *
 * @see https://www.w3.org/TR/xml/#NT-EntityDecl
 */
export function readEntityDeclaration(scanner: DtdScanner, context: DtdContext): void {
  scanner.requireSpace('<!ENTITY');
  const parameter = scanner.accept('%');
  if (parameter) scanner.requireSpace('"%"');
  const name = scanner.plainName('an entity');
  scanner.requireSpace('the name of an entity');
  const declaration = readDefinition(scanner, parameter, context);
  scanner.skipSpace();
  scanner.expect('>', `the declaration of the entity ${name}`);
  const entities = parameter ? context.parameterEntities : context.entities;
  if (context.binding && !entities.has(name)) entities.set(name, declaration);
}

function readDefinition(scanner: DtdScanner, parameter: boolean, { version }: DtdContext): EntityDeclaration {
  if (readExternalId(scanner) === undefined)
    return { text: readEntityValue(scanner, version), unparsed: false };
  const spaced = scanner.skipSpace();
  if (parameter || !scanner.accept('NDATA')) return { text: undefined, unparsed: false };
  if (!spaced) scanner.fail('there is no white space before NDATA');
  scanner.requireSpace('NDATA');
  scanner.plainName('a notation');
  return { text: undefined, unparsed: true };
}
