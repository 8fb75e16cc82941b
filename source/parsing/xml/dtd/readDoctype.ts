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
  if (scanner.skipSpace()) readExternalId(scanner);
  scanner.skipSpace();
  if (scanner.accept('[')) {
    readSubset(scanner, context);
    scanner.expect(']');
    scanner.skipSpace();
  }
  if (!scanner.done) scanner.fail('something is not allowed in a document type declaration');
  const { attributes, notations } = context;
  return { name, entities: expansion.declared, attributes, notations };
}
