import { type AttributeDeclaration } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';

// The longer of two that begin alike goes first.
const tokenizedTypes = ['IDREFS', 'IDREF', 'ID', 'ENTITIES', 'ENTITY', 'NMTOKENS', 'NMTOKEN'];

/**
 * Reads what follows `<!ATTLIST`. Of two declarations of one attribute the first holds.
 *
 * @see https://www.w3.org/TR/xml/#NT-AttlistDecl
 */
export function readAttributeListDeclaration(scanner: DtdScanner, context: DtdContext): void {
  scanner.requireSpace('<!ATTLIST');
  const element = scanner.qualifiedName('an element');
  const declared = context.attributes.get(element) ?? new Map<string, AttributeDeclaration>();
  if (context.binding) context.attributes.set(element, declared);
  for (;;) {
    const spaced = scanner.skipSpace();
    if (scanner.accept('>')) return;
    if (!spaced) scanner.fail(`">" or white space is missing in the attributes of ${element}`);
    const name = scanner.qualifiedName('an attribute');
    scanner.requireSpace('the name of an attribute');
    const tokenized = readType(scanner);
    scanner.requireSpace('the type of an attribute');
    const defaultText = readDefault(scanner, context);
    if (context.binding && !declared.has(name)) declared.set(name, { tokenized, defaultText });
  }
}

/** Reads a type, and tells whether it is another than `CDATA`. */
function readType(scanner: DtdScanner): boolean {
  if (scanner.accept('CDATA')) return false;
  if (tokenizedTypes.some((type) => scanner.accept(type))) return true;
  const notation = scanner.accept('NOTATION');
  if (notation) scanner.requireSpace('NOTATION');
  if (!scanner.accept('(')) scanner.fail('the type of an attribute is none that XML knows');
  do {
    scanner.skipSpace();
    if (notation) scanner.plainName('a notation');
    else scanner.nameToken('an enumerated attribute');
    scanner.skipSpace();
  } while (scanner.accept('|'));
  scanner.expect(')', 'an enumerated attribute');
  return true;
}

function readDefault(scanner: DtdScanner, { expansion }: DtdContext): string | undefined {
  if (scanner.accept('#REQUIRED') || scanner.accept('#IMPLIED')) return undefined;
  if (scanner.accept('#FIXED')) scanner.requireSpace('#FIXED');
  const { place } = scanner;
  return expansion.attributeDefault(scanner.quoted('the default of an attribute'), place);
}
