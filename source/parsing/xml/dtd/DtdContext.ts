import { type EntityExpansion } from '../EntityExpansion.js';
import { type DeclaredAttributes, type EntityDeclaration, type NotationDeclaration } from './Dtd.js';

/** What the declarations read so far have said. */
export interface DtdContext {
  readonly entities: Map<string, EntityDeclaration>;
  readonly parameterEntities: Map<string, EntityDeclaration>;
  readonly attributes: Map<string, DeclaredAttributes>;
  readonly notations: Map<string, NotationDeclaration>;
  readonly expansion: EntityExpansion;
  /** The parameter entities being read, outermost first. */
  readonly openEntities: Set<string>;
  readonly version: '1.0' | '1.1';
  /** Whether the document says that nothing outside it matters. */
  readonly standalone: boolean;
  /**
   * Whether declarations of entities and attributes still count. They stop counting behind a parameter entity that was not
   * read, which might have declared the same ones before, unless the document is standalone.
   */
  binding: boolean;
}
