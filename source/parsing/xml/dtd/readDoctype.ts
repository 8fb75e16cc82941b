import { type TextPosition } from '../../../errors/ParseError.js';
import { type EntityExpansion } from '../EntityExpansion.js';
import { type Dtd } from './Dtd.js';
import { type DtdContext } from './DtdContext.js';
import { type DtdScanner } from './DtdScanner.js';
import { readExternalId } from './readExternalId.js';
import { readSubset } from './readSubset.js';

/** What a document type declaration is read with. */
export interface ReadDoctypeOptions {
  /** The general entities are added to what it has. */
  readonly expansion: EntityExpansion;
  readonly standalone: boolean;
  readonly version: '1.0' | '1.1';
}

/**
 * Reads what stands between `<!DOCTYPE` and its `>`: nothing that is outside the document is ever loaded.
 *
 * @throws XmlFault where it is malformed, at the scanner's `place`.
 * @see https://www.w3.org/TR/xml/#NT-doctypedecl
 */
export function readDoctype(
  scanner: DtdScanner,
  { expansion, standalone, version }: ReadDoctypeOptions,
): Dtd {
  const context: DtdContext = {
    entities: expansion.declared,
    parameterEntities: new Map(),
    attributes: new Map(),
    notations: new Map(),
    expansion,
    openEntities: new Set(),
    standalone,
    version,
    binding: true,
  };
  scanner.requireSpace();
  const name = scanner.qualifiedName();
  expansion.mayDeclareMore = false;
  if (scanner.skipSpace() && readExternalId(scanner) !== undefined) expansion.mayDeclareMore = !standalone;
  scanner.skipSpace();
  if (scanner.accept('[')) {
    readSubset(scanner, context);
    scanner.expect(']');
    scanner.skipSpace();
  }
  if (!scanner.done) scanner.fail('something is not allowed in a document type declaration');
  const { attributes, notations } = context;
  const { declared, mayDeclareMore } = expansion;
  return { name, entities: declared, attributes, notations, mayDeclareMore };
}

/**
 * The place of a character of a document type declaration.
 *
 * @param source - the document from the declaration's `<` on, with its own line ends.
 * @param start - where the declaration starts.
 * @param index - characters behind `<!DOCTYPE`, with normalised line ends.
 */
export function placeInDoctype(source: string, start: TextPosition, index: number): TextPosition {
  let at = '<!DOCTYPE'.length;
  let { line, column } = start;
  column += at;
  for (let left = index; left > 0; left -= 1) {
    const character = source[at];
    at += character === '\r' && source[at + 1] === '\n' ? 2 : 1;
    if (character === '\r' || character === '\n') {
      line += 1;
      column = 1;
    } else {
      column += 1;
    }
  }
  return { line, column, offset: start.offset + at };
}
