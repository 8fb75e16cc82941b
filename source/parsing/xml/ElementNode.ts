import { type TextPosition } from '../../errors/ParseError.js';
import { detach } from './kept.js';
import { type NodeContent, type RecordContext, RecordNode } from './RecordNode.js';
import { type XmlLocator, type XmlStartTag } from './XmlHandler.js';
import { type XmlSkippedEntity } from './XmlSkippedEntity.js';

/** An element of a record that is held as a tree: one plain object, and a list only where it holds more than text. */
export class ElementNode extends RecordNode {
  readonly tag: XmlStartTag;
  /** Pieces of text are joined by `+=`, which engines do in constant time each. */
  content: NodeContent = undefined;
  readonly #line: number;
  readonly #column: number;
  readonly #offset: number;

  constructor(tag: XmlStartTag, owner: RecordNode | RecordContext, locator: XmlLocator) {
    super(owner);
    this.tag = tag;
    this.#line = locator.line;
    this.#column = locator.column;
    this.#offset = locator.offset;
  }

  position(): TextPosition {
    return { line: this.#line, column: this.#column, offset: this.#offset };
  }

  own(text: string): string {
    return detach(text);
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

  appendElement(element: RecordNode | XmlSkippedEntity): void {
    const { content } = this;
    if (typeof content === 'object') content.push(element);
    else this.content = content === undefined ? [element] : [content, element];
  }
}
