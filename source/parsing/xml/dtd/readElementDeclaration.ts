import { type DtdScanner } from './DtdScanner.js';

/**
 * Checks what follows `<!ELEMENT`. A reader that does not validate keeps nothing of it.
 *
 * @see https://www.w3.org/TR/xml/#NT-elementdecl
 */
export function readElementDeclaration(scanner: DtdScanner): void {
  scanner.requireSpace('<!ELEMENT');
  const name = scanner.qualifiedName('an element');
  scanner.requireSpace('the name of an element');
  if (!scanner.accept('EMPTY') && !scanner.accept('ANY')) {
    scanner.expect('(', `the content of the element ${name}`);
    scanner.skipSpace();
    if (scanner.accept('#PCDATA')) readMixed(scanner);
    else readChildren(scanner);
  }
  scanner.skipSpace();
  scanner.expect('>', `the declaration of the element ${name}`);
}

/** Reads what follows `(#PCDATA`. */
function readMixed(scanner: DtdScanner): void {
  let names = 0;
  scanner.skipSpace();
  while (scanner.accept('|')) {
    scanner.skipSpace();
    scanner.qualifiedName('an element in mixed content');
    names += 1;
    scanner.skipSpace();
  }
  scanner.expect(')', 'mixed content');
  if (!scanner.accept('*') && names > 0) scanner.fail('"*" is missing after mixed content');
}

/** Reads what follows the first parenthesis; groups may nest without end, so there is no recursion. */
function readChildren(scanner: DtdScanner): void {
  /** The separators of the open groups; empty where a group has shown none yet. */
  const separators: string[] = [''];
  for (;;) {
    scanner.skipSpace();
    if (scanner.accept('(')) {
      separators.push('');
      continue;
    }
    scanner.qualifiedName('an element in a content model');
    readOccurrence(scanner);
    scanner.skipSpace();
    while (scanner.accept(')')) {
      separators.pop();
      readOccurrence(scanner);
      if (separators.length === 0) return;
      scanner.skipSpace();
    }
    const separator = scanner.accept(',') ? ',' : scanner.accept('|') ? '|' : '';
    const before = separators.pop() ?? '';
    if (separator === '') scanner.fail('a content model has no ")", "," or "|" where one has to be');
    if (before !== '' && before !== separator) scanner.fail('a content model mixes "," and "|" in one group');
    separators.push(separator);
  }
}

function readOccurrence(scanner: DtdScanner): void {
  if (!scanner.accept('?') && !scanner.accept('*')) scanner.accept('+');
}
