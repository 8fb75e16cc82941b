import { type SelectorCache } from './selectors/SelectorCache.js';
import { type XmlLocator, type XmlStartTag } from './XmlHandler.js';

/** What records of one place in a document share. */
export interface RecordContext {
  /** The start tags of the elements around the records, outermost first. */
  readonly ancestors: readonly XmlStartTag[];
  readonly selectors: SelectorCache;
}

/** What an element may hold. */
type NodeContent = undefined | string | (ElementNode | string)[];

/**
 * An element of a record as it is held: one plain object, and a list only where it holds more than text. Users see it
 * through an `XmlElement`, made where one is asked for.
 */
export class ElementNode {
  readonly tag: XmlStartTag;
  /** The element around, or what the record shares with others. */
  readonly owner: ElementNode | RecordContext;
  /** Text alone is held as it is. Pieces of text are joined by `+=`, which engines do in constant time each. */
  content: NodeContent = undefined;
  /** The `XmlElement` that users see, once somebody asked for it; typed loosely, because that class stands on this one. */
  view: object | undefined = undefined;
  readonly line: number;
  readonly column: number;
  readonly offset: number;

  constructor(tag: XmlStartTag, owner: ElementNode | RecordContext, locator: XmlLocator) {
    this.tag = tag;
    this.owner = owner;
    this.line = locator.line;
    this.column = locator.column;
    this.offset = locator.offset;
  }

  appendText(text: string): void {
    if (text === '') return;
    const { content } = this;
    if (typeof content === 'object') {
      const last = content.length - 1;
      const previous = content[last];
      if (typeof previous === 'string') content[last] = previous + text;
      else content.push(text);
    } else {
      this.content = content === undefined ? text : content + text;
    }
  }

  appendElement(element: ElementNode): void {
    const { content } = this;
    if (typeof content === 'object') content.push(element);
    else this.content = content === undefined ? [element] : [content, element];
  }

  /** All text inside, in document order. */
  text(): string {
    const { content } = this;
    if (typeof content !== 'object') return content ?? '';
    let text = '';
    for (const child of content) text += typeof child === 'string' ? child : child.text();
    return text;
  }

  /** The start tags of the elements around it, outermost first. */
  ancestors(): readonly XmlStartTag[] {
    const inside: XmlStartTag[] = [];
    let { owner } = this;
    while (owner instanceof ElementNode) {
      inside.push(owner.tag);
      owner = owner.owner;
    }
    return [...owner.ancestors, ...inside.reverse()];
  }

  /** What the record around shares with others. */
  context(): RecordContext {
    let { owner } = this;
    while (owner instanceof ElementNode) owner = owner.owner;
    return owner;
  }
}
