import { type DtdContext } from './DtdContext.js';
import { XmlFault } from '../XmlFault.js';
import { DtdScanner } from './DtdScanner.js';
import { readAttributeListDeclaration } from './readAttributeListDeclaration.js';
import { readElementDeclaration } from './readElementDeclaration.js';
import { readEntityDeclaration } from './readEntityDeclaration.js';
import { readNotationDeclaration } from './readNotationDeclaration.js';

/**
 * Reads declarations until something else comes: those of the internal subset, or of a parameter entity.
 *
 * @see https://www.w3.org/TR/xml/#NT-intSubset
 */
export function readSubset(scanner: DtdScanner, context: DtdContext): void {
  for (;;) {
    scanner.skipSpace();
    const { place } = scanner;
    if (scanner.accept('%')) readParameterEntity(scanner, context, place);
    else if (scanner.accept('<!--')) readComment(scanner);
    else if (scanner.accept('<?')) readProcessingInstruction(scanner);
    else if (scanner.accept('<!ELEMENT')) readElementDeclaration(scanner);
    else if (scanner.accept('<!ATTLIST')) readAttributeListDeclaration(scanner, context);
    else if (scanner.accept('<!ENTITY')) readEntityDeclaration(scanner, context);
    else if (scanner.accept('<!NOTATION')) readNotationDeclaration(scanner, context);
    else if (scanner.accept('<!['))
      scanner.fail('a conditional section is not allowed in an internal subset');
    else return;
  }
}

/** Reads what follows the `%` of a reference between declarations, and the declarations that it stands for. */
function readParameterEntity(scanner: DtdScanner, context: DtdContext, place: number): void {
  const name = scanner.plainName('a parameter entity');
  scanner.expect(';', 'a reference to a parameter entity');
  const text = context.parameterEntities.get(name)?.text;
  if (text === undefined) {
    context.binding = context.standalone;
    return;
  }
  if (context.openEntities.has(name)) {
    throw new XmlFault(`the parameter entity ${name} refers to itself`, { index: place });
  }
  context.expansion.spend(text.length);
  context.openEntities.add(name);
  const inner = new DtdScanner(text, place);
  readSubset(inner, context);
  if (!inner.done) inner.fail(`the parameter entity ${name} holds something other than whole declarations`);
  context.openEntities.delete(name);
}

function readComment(scanner: DtdScanner): void {
  scanner.until('--', 'a comment');
  if (!scanner.accept('>')) scanner.fail('"--" is not allowed inside a comment');
}

function readProcessingInstruction(scanner: DtdScanner): void {
  const target = scanner.plainName('the target of a processing instruction');
  if (target.toLowerCase() === 'xml') scanner.fail('an XML declaration is not allowed here');
  if (scanner.accept('?>')) return;
  scanner.requireSpace('the target of a processing instruction');
  scanner.until('?>', 'a processing instruction');
}
