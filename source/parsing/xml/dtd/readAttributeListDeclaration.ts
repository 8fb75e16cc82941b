import { collapseSpaces } from '../declaredAttributes.js';
import { type DeclaredAttributes } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';

/**
 * Reads what stands between `<!ATTLIST` and `>`. Of two declarations of one attribute the first holds.
 *
 * @see https://www.w3.org/TR/xml/#NT-AttlistDecl
 */
export function readAttributeListDeclaration(scanner: DtdScanner, context: DtdContext): void {
  const element = scanner.qualifiedName();
  const declared = context.attributes.get(element) ?? noAttributes();
  if (context.binding) context.attributes.set(element, declared);
  while (scanner.skipSpace() && !scanner.sees('>')) {
    const name = scanner.qualifiedName();
    scanner.requireSpace();
    const tokenized = readType(scanner);
    scanner.requireSpace();
    const value = readDefault(scanner, context);
    if (!context.binding || declared.all.has(name)) continue;
    declared.all.set(name, { tokenized });
    if (value !== undefined)
      declared.defaults.push({ name, value: tokenized ? collapseSpaces(value) : value });
  }
}

function noAttributes(): DeclaredAttributes {
  return { all: new Map(), defaults: [] };
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
  return expansion.defaultValue(scanner.quoted());
}
