import { deepestEntity } from '../EntityExpansion.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';
import { readAttributeListDeclaration } from './readAttributeListDeclaration.js';
import { readElementDeclaration } from './readElementDeclaration.js';
import { readEntityDeclaration } from './readEntityDeclaration.js';
import { readNotationDeclaration } from './readExternalId.js';

/**
 * Reads declarations until something else comes: those of the internal subset, or of a parameter entity.
 *
 * @see https://www.w3.org/TR/xml/#NT-intSubset
 */
export function readSubset(scanner: DtdScanner, context: DtdContext): void {
  for (;;) {
    scanner.skipSpace();
    switch (scanner.match(/%|<\?|<!(?:--|\[|ELEMENT|ATTLIST|ENTITY|NOTATION)/y)) {
      case '%':
        readParameterEntity(scanner, context);
        break;
      case '<?':
        readProcessingInstruction(scanner);
        break;
      case '<!--':
        scanner.until('--');
        if (!scanner.accept('>')) scanner.fail('"--" is not allowed inside a comment');
        break;
      case '<![':
        scanner.fail('a conditional section is not allowed in an internal subset');

      case '<!ELEMENT':
        readDeclaration(readElementDeclaration, scanner, context);
        break;
      case '<!ATTLIST':
        readDeclaration(readAttributeListDeclaration, scanner, context);
        break;
      case '<!ENTITY':
        readDeclaration(readEntityDeclaration, scanner, context);
        break;
      case '<!NOTATION':
        readDeclaration(readNotationDeclaration, scanner, context);
        break;
      default:
        return;
    }
  }
}

function readDeclaration(
  read: (scanner: DtdScanner, context: DtdContext) => void,
  scanner: DtdScanner,
  context: DtdContext,
): void {
  scanner.requireSpace();
  read(scanner, context);
  scanner.skipSpace();
  scanner.expect('>');
}

/** Reads what follows the `%` of a reference between declarations, and the declarations that it stands for. */
function readParameterEntity(scanner: DtdScanner, context: DtdContext): void {
  const { place } = scanner;
  const name = scanner.plainName();
  scanner.expect(';');
  context.expansion.mayDeclareMore = !context.standalone;
  const text = context.parameterEntities.get(name)?.text;
  if (text === undefined) {
    context.binding = context.standalone;
    return;
  }
  if (context.openEntities.has(name)) scanner.fail(`the parameter entity ${name} refers to itself`);
  if (context.openEntities.size >= deepestEntity)
    scanner.fail(`more than ${deepestEntity} parameter entities are inside each other`);
  context.expansion.spend(text.length - name.length - 2);
  context.openEntities.add(name);
  scanner.within(text, place, () => {
    readSubset(scanner, context);
    if (!scanner.done)
      scanner.fail(`the parameter entity ${name} holds something other than whole declarations`);
  });
  context.openEntities.delete(name);
}

function readProcessingInstruction(scanner: DtdScanner): void {
  if (scanner.plainName().toLowerCase() === 'xml') scanner.fail('an XML declaration is not allowed here');
  if (scanner.accept('?>')) return;
  scanner.requireSpace();
  scanner.until('?>');
}
