import { type DtdScanner } from './DtdScanner.js';

/**
 * Checks what stands between `<!ELEMENT` and `>`. A reader that does not validate keeps nothing of it.
 *
 * @see https://www.w3.org/TR/xml/#NT-elementdecl
 */
export function readElementDeclaration(scanner: DtdScanner): void {
  scanner.qualifiedName();
  scanner.requireSpace();
  if (scanner.match(/EMPTY|ANY/y) !== '') return;
  scanner.expect('(');
  scanner.skipSpace();
  if (scanner.accept('#PCDATA')) readMixed(scanner);
  else readChildren(scanner);
}

/** Reads what follows `(#PCDATA`. */
function readMixed(scanner: DtdScanner): void {
  let named = false;
  scanner.skipSpace();
  while (scanner.accept('|')) {
    scanner.skipSpace();
    scanner.qualifiedName();
    scanner.skipSpace();
    named = true;
  }
  scanner.expect(')');
  if (!scanner.accept('*') && named) scanner.fail('"*" is missing');
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
    scanner.qualifiedName();
    readOccurrence(scanner);
    scanner.skipSpace();
    while (scanner.accept(')')) {
      separators.pop();
      readOccurrence(scanner);
      if (separators.length === 0) return;
      scanner.skipSpace();
    }
    const separator = scanner.match(/[,|]/y);
    const before = separators.pop();
    if (separator === '') scanner.fail('")", "," or "|" is missing');
    if (before !== '' && before !== separator) scanner.fail('a content model mixes "," and "|" in one group');
    separators.push(separator);
  }
}

function readOccurrence(scanner: DtdScanner): void {
  scanner.match(/[?*+]/y);
}
