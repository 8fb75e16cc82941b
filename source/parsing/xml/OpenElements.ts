import { declaredAttributes } from './declaredAttributes.js';
import { describeOpenElements, type StartTag } from './describeUnfinished.js';
import { type Dtd } from './dtd/Dtd.js';
import { type EntityExpansion } from './EntityExpansion.js';
import { type NamespaceMercy, NamespaceScopes, type RawAttribute } from './NamespaceScopes.js';
import { type XmlAttribute, type XmlLocator, type XmlStartTag } from './XmlHandler.js';
import { type XmlLimits } from './XmlLimits.js';

/** An element that is open where a reader goes on, and where it was opened. */
export interface OpenTag {
  readonly tag: XmlStartTag;
  readonly line: number;
  readonly column: number;
}

const noAttributes: readonly XmlAttribute[] = [];

/** The elements of one document that are open, and what their names mean. Trouble is an `XmlError` at the current token. */
export class OpenElements {
  /** Outermost first. */
  readonly tags: StartTag[] = [];
  /** Set where the DTD declares entities or attributes. */
  dtd: Dtd | undefined;
  readonly #guard: XmlLimits;
  readonly #scopes: NamespaceScopes;
  readonly #count: (characters: number) => void;

  /** @param mercy - what is read on through. @defaultValue nothing */
  constructor(guard: XmlLimits, entities: Pick<EntityExpansion, 'spend'>, mercy?: NamespaceMercy) {
    this.#guard = guard;
    this.#count = (characters) => {
      entities.spend(characters);
    };
    this.#scopes = new NamespaceScopes((detail, advice) => {
      throw guard.error(detail, { advice });
    }, mercy);
  }

  set version(version: '1.0' | '1.1') {
    this.#scopes.version = version;
  }

  /** Opens the element of a start tag. */
  open(name: string, attributes: readonly RawAttribute[], selfClosing: boolean, start: XmlLocator): StartTag {
    const guard = this.#guard;
    if (this.tags.length >= guard.limits.xmlDepth)
      throw guard.overLimit('xmlDepth', 'elements nest too deep');
    guard.checkName(name.length);
    const declared = this.dtd?.attributes.get(name);
    const given = declared === undefined ? attributes : declaredAttributes(attributes, declared, this.#count);
    const resolved = given.length === 0 ? noAttributes : this.#attributes(given);
    const { name: shared, prefix, local, uri } = this.#scopes.element(name);
    const { line, column } = start;
    const tag = { name: shared, prefix, local, uri, attributes: resolved, selfClosing, line, column };
    this.tags.push(tag);
    return tag;
  }

  /** Opens elements that somebody else has opened, and gives their start tags. */
  reopen(open: readonly OpenTag[]): readonly XmlStartTag[] {
    return open.map(({ tag: { name, attributes }, line, column }) =>
      this.open(name, attributes, false, { line, column, offset: 0 }),
    );
  }

  /** Closes the innermost element, which has to have this name, and gives its start tag. */
  close(name: string): StartTag {
    const tag = this.tags.pop();
    if (tag === undefined) throw this.#guard.error(`</${name}> ends no element`);
    if (tag.name !== name) {
      throw this.#guard.error(`</${name}> stands where ${describeOpenElements([tag])} has to end first`);
    }
    this.#scopes.close(this.tags.length);
    return tag;
  }

  /** The attributes of a start tag, whose declarations hold from now on. */
  #attributes(given: readonly RawAttribute[]): readonly XmlAttribute[] {
    this.#guard.checkAttributes(given);
    this.#scopes.open(given, this.tags.length);
    return this.#scopes.attributes(given);
  }
}
