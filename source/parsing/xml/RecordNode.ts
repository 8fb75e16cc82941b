import { type TextPosition } from '../../errors/ParseError.js';
import { type XmlObject } from './XmlObject.js';
import { type ResolvedName } from './NamespaceScopes.js';
import { type Compound, type ElementSituation, matchesCompound } from './selectors/Compound.js';
import { type SelectorCache } from './selectors/SelectorCache.js';
import { type XmlCheckpoint } from './XmlCheckpoint.js';
import { type XmlStartTag } from './XmlHandler.js';
import { XmlSkippedEntity } from './XmlSkippedEntity.js';

/** What records of one place in a document share. */
export interface RecordContext {
  /** The start tags of the elements around the records, outermost first. */
  readonly ancestors: readonly XmlStartTag[];
  readonly selectors: SelectorCache;
  /** Makes checkpoints at the ends of these records; throws a `TypeError` where that cannot be. Absent where nobody can. */
  readonly checkpoint?: ((node: RecordNode) => XmlCheckpoint) | undefined;
}

/**
 * What an element or attribute counts besides its characters. It takes about 190 bytes, so that without this the default
 * limit would let 64 Mi of `<a/>` take 12 GB.
 */
export const elementOverhead = 16;

/** How much an element is: itself with its attributes, and all inside. */
export interface RecordSize {
  /** Elements and attributes. */
  readonly nodes: number;
  /** Names, texts and values, with the overhead of nodes. */
  readonly characters: number;
}

/** What a start tag counts in characters. */
export function sizeOf({ name, attributes }: XmlStartTag): number {
  let characters = elementOverhead + name.length;
  if (attributes.length > 0) {
    for (const attribute of attributes)
      characters += elementOverhead + attribute.name.length + attribute.value.length;
  }
  return characters;
}

/** What an element may hold: nothing, text alone, or a list. Texts in the list are not empty, and no two touch. */
export type NodeContent = undefined | string | NodeChild[];

/** What is directly inside an element. */
export type NodeChild = RecordNode | XmlSkippedEntity | string;

/** Compounds that look at the tag alone are never asked about anything else. */
export const nowhere: ElementSituation = { depth: 0, index: 0, typeIndex: 0, states: 0 };

/** An element of a record, however it is held. Users see it through an `XmlElement`, made where one is asked for. */
export abstract class RecordNode {
  /** The element around, or what the record shares with others. */
  owner: RecordNode | RecordContext;
  /** The `XmlElement` that users see, once somebody asked for it; typed loosely, because that class stands on this one. */
  view: object | undefined = undefined;

  constructor(owner: RecordNode | RecordContext) {
    this.owner = owner;
  }

  abstract get tag(): XmlStartTag;

  abstract get content(): NodeContent;

  /** Where its start tag starts. */
  abstract position(): TextPosition;

  /** A text of this element that keeps nothing else alive. */
  abstract own(text: string): string;

  /** All text inside, in document order. */
  text(): string {
    if (typeof this.content !== 'object') return this.content ?? '';
    let text = '';
    walk(this, (child) => {
      if (typeof child === 'string') text += child;
    });
    return text;
  }

  size(): RecordSize {
    let nodes = 1 + this.tag.attributes.length;
    let characters = sizeOf(this.tag);
    walk(this, (child) => {
      if (child === undefined) return;
      if (typeof child === 'object') nodes += 1 + child.tag.attributes.length;
      characters += typeof child === 'string' ? child.length : sizeOf(child.tag);
    });
    return { nodes, characters };
  }

  /** The children that one of these compounds matches, which look at start tags alone; the first `most` of them. */
  children(compounds: readonly Compound[], most: number): RecordNode[] {
    const found: RecordNode[] = [];
    const { content } = this;
    if (typeof content !== 'object') return found;
    for (const child of content) {
      if (!(child instanceof RecordNode) || !matchesAny(compounds, child.tag)) continue;
      if (found.push(child) === most) break;
    }
    return found;
  }

  /** The text of the first of them. */
  childText(compounds: readonly Compound[]): string | undefined {
    const [child] = this.children(compounds, 1);
    return child?.own(child.text());
  }

  /** The value of an attribute. */
  attribute(local: string, uri: string): string | undefined {
    for (const attribute of this.tag.attributes) {
      if (attribute.local === local && attribute.uri === uri) return this.own(attribute.value);
    }
    return undefined;
  }

  /**
   * The element as `elementToObject` makes it, where it is held so that there is a shorter way.
   *
   * @param always - the names whose members are always lists
   * @param nameOf - the member of an element's or an attribute's name; the same for all of a document's records
   */
  toObject?(always: ReadonlySet<string>, nameOf: (name: ResolvedName) => string): XmlObject | undefined;

  /** The start tags of the elements around it, outermost first. */
  ancestors(): readonly XmlStartTag[] {
    const inside: XmlStartTag[] = [];
    let { owner } = this;
    while (owner instanceof RecordNode) {
      inside.push(owner.tag);
      owner = owner.owner;
    }
    return [...owner.ancestors, ...inside.reverse()];
  }

  /** What the record around shares with others. */
  context(): RecordContext {
    let { owner } = this;
    while (owner instanceof RecordNode) owner = owner.owner;
    return owner;
  }
}

/** What {@link walk} is told: a text, an element when it starts, and `undefined` when it ends. */
type Step = (child: RecordNode | string | undefined) => unknown;

/**
 * Goes through what is inside an element in document order, however deep that is, until it is told `false`. Skipped entities have
 * no text, so they are left out.
 */
export function walk({ content }: RecordNode, step: Step): void {
  const levels: { readonly content: readonly NodeChild[]; at: number }[] = [];
  const enter = (inner: NodeContent): void => {
    levels.push({ content: typeof inner === 'object' ? inner : inner === undefined ? [] : [inner], at: 0 });
  };
  enter(content);
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const child = level.content[level.at];
    level.at += 1;
    if (child === undefined) {
      levels.pop();
      if (levels.length > 0 && step(undefined) === false) return;
    } else if (!(child instanceof XmlSkippedEntity)) {
      if (step(child) === false) return;
      if (typeof child === 'object') enter(child.content);
    }
  }
}

function matchesAny(compounds: readonly Compound[], tag: XmlStartTag): boolean {
  for (const compound of compounds) {
    if (matchesCompound(compound, tag, nowhere)) return true;
  }
  return false;
}
