import { type RawAttribute } from '../NamespaceScopes.js';

/** A general or parameter entity, as the internal subset declares it first. */
export interface EntityDeclaration {
  /** The replacement text; `undefined` where it is external, and so never loaded. */
  readonly text: string | undefined;
  /** Whether it names something that is no XML (`NDATA`). */
  readonly unparsed: boolean;
}

/** An attribute, as the internal subset declares it first. */
export interface AttributeDeclaration {
  /** Whether its type is other than `CDATA`: then white space in it is collapsed. */
  readonly tokenized: boolean;
}

/** The attributes that are declared of an element. */
export interface DeclaredAttributes {
  /** By name. */
  readonly all: Map<string, AttributeDeclaration>;
  /** Those that have a default, with its value. */
  readonly defaults: RawAttribute[];
}

/** A notation's identifiers. */
export interface NotationDeclaration {
  readonly publicId: string | undefined;
  readonly systemId: string | undefined;
}

/** What a document type declaration says that matters for reading the document. */
export interface Dtd {
  /** The root element's name. */
  readonly name: string;
  /** General entities by name. */
  readonly entities: ReadonlyMap<string, EntityDeclaration>;
  /** Attributes by element name. */
  readonly attributes: ReadonlyMap<string, DeclaredAttributes>;
  /** Notations by name. */
  readonly notations: ReadonlyMap<string, NotationDeclaration>;
  /**
   * Whether there may be declarations that nobody has read: in an external subset, or behind a reference to a parameter entity. Then
   * a reference to an entity that is not declared is well-formed.
   *
   * @see https://www.w3.org/TR/xml/#wf-entdeclared
   */
  readonly mayDeclareMore: boolean;
}
