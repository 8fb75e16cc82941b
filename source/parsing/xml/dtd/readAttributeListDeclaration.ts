import { type AttributeDeclaration } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';

/**
 * Reads what stands between `<!ATTLIST` and `>`. Of two declarations of one attribute the first holds.
 *
 * @see https://www.w3.org/TR/xml/#NT-AttlistDecl
 */
export function readAttributeListDeclaration(scanner: DtdScanner, context: DtdContext): void {
  const element = scanner.qualifiedName();
  const declared = context.attributes.get(element) ?? new Map<string, AttributeDeclaration>();
  if (context.binding) context.attributes.set(element, declared);
  while (scanner.skipSpace() && !scanner.sees('>')) {
    const name = scanner.qualifiedName();
    scanner.requireSpace();
    const tokenized = readType(scanner);
    scanner.requireSpace();
    const defaultText = readDefault(scanner, context);
    if (context.binding && !declared.has(name)) declared.set(name, { tokenized, defaultText });
  }
}

/** Reads a type, and tells whether it is another than `CDATA`. */
function readType(scanner: DtdScanner): boolean {
  if (scanner.accept('CDATA')) return false;
  if (scanner.match(/ID(?:REFS?)?|ENTIT(?:Y|IES)|NMTOKENS?/y) !== '') return true;
  const notation = scanner.accept('NOTATION');
  if (notation) scanner.requireSpace();
  if (!scanner.accept('(')) scanner.fail('the type of an attribute is missing or none that XML knows');
  do {
    scanner.skipSpace();
    if (notation) scanner.plainName();
    else scanner.nameToken();
    scanner.skipSpace();
  } while (scanner.accept('|'));
  scanner.expect(')');
  return true;
}

function readDefault(scanner: DtdScanner, { expansion }: DtdContext): string | undefined {
  if (scanner.match(/#REQUIRED|#IMPLIED/y) !== '') return undefined;
  if (scanner.accept('#FIXED')) scanner.requireSpace();
  return expansion.attributeText(scanner.quoted());
}
