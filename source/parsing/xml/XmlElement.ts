import { type TextPosition } from '../../errors/ParseError.js';
import { elementToObject } from './elementToObject.js';
import { queryElement, queryElements } from './queryElements.js';
import { type RecordNode } from './RecordNode.js';
import { type CompiledSelector } from './selectors/compileSelector.js';
import { serializeElement } from './serializeElement.js';
import { type XmlCheckpoint } from './XmlCheckpoint.js';
import { type XmlAttribute, type XmlStartTag } from './XmlHandler.js';
import { XmlSkippedEntity } from './XmlSkippedEntity.js';
import { type XmlObject, type XmlObjectOptions } from './XmlObject.js';

/** What Node's `console.log` looks for; elsewhere nobody asks. */
const inspect: unique symbol = /*#__PURE__*/ Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * An element of an XML document with all that it holds; comments and processing instructions are left out. It is read
 * only, and `elements()` makes it.
 *
 * Selectors are CSS selectors that start at the element: a compound alone (`title`, `g|price`, `image[type="png"]`)
 * means a child, `image > url` a child of a child, and `:scope title` reaches all descendants. Their prefixes are those
 * of the `namespaces` that `elements()` was given.
 *
 * @example
 * ```ts
 * import { request } from 'readystream';
 * import { elements } from 'readystream/xml';
 *
 * const feed = 'data:text/xml,<feed><item id="1"><title>Tea</title><tag>a</tag><tag>b</tag></item></feed>';
 * request(feed).pipe(elements('item')).subscribe((item) => {
 *   console.log(item.attribute('id')); // 1
 *   console.log(item.text('title')); // Tea
 *   console.log(item.all('tag').map((tag) => tag.text())); // [ 'a', 'b' ]
 * });
 * ```
 *
 * @see https://www.w3.org/TR/selectors-4/
 */
export class XmlElement {
  readonly #node: RecordNode;

  private constructor(node: RecordNode) {
    this.#node = node;
  }

  /** @internal The one view of this node. */
  static of(node: RecordNode): XmlElement {
    return (node.view ??= new XmlElement(node)) as XmlElement;
  }

  /** The name as written: `'g:price'`. */
  get name(): string {
    return this.#node.tag.name;
  }

  /** The prefix: `'g'`; empty where there is none. */
  get prefix(): string {
    return this.#node.tag.prefix;
  }

  /** The name behind the prefix: `'price'`. */
  get local(): string {
    return this.#node.tag.local;
  }

  /** The namespace's URI; empty where the element is in none. */
  get uri(): string {
    return this.#node.tag.uri;
  }

  /** The attributes in document order, declarations (`xmlns`) included. */
  get attributes(): readonly XmlAttribute[] {
    return this.#node.tag.attributes;
  }

  /**
   * What is directly inside, in document order: elements, and text as strings; text and CDATA that touch are one string. An entity
   * that was passed over is an {@link XmlSkippedEntity}.
   */
  get children(): readonly (XmlElement | XmlSkippedEntity | string)[] {
    const node = this.#node;
    const { content } = node;
    if (typeof content !== 'object') return content === undefined ? [] : [node.own(content)];
    return content.map((child) => {
      if (typeof child === 'string') return node.own(child);
      return child instanceof XmlSkippedEntity ? child : XmlElement.of(child);
    });
  }

  /** The start tags of the elements around it, outermost first: the document's root, …, the parent. */
  get ancestors(): readonly XmlStartTag[] {
    return this.#node.ancestors();
  }

  /** Where its start tag starts. */
  get position(): TextPosition {
    return this.#node.position();
  }

  /**
   * The value of an attribute, or `undefined` where there is none.
   *
   * @param name - `'id'` is the attribute in no namespace; `'g|id'` that of the namespace which `namespaces` gives for `g`.
   */
  attribute(name: string): string | undefined {
    const { local, uri } = this.#node.context().selectors.attribute(name);
    return this.#node.attribute(local, uri);
  }

  /** All text inside, that of elements at any depth included. */
  text(): string;
  /** All text inside the first element that matches; `undefined` where none does. */
  text(selector: string): string | undefined;
  text(selector?: string): string | undefined {
    const scope = this.#node;
    if (selector === undefined) return scope.own(scope.text());
    const compiled = this.#compiled(selector);
    // The usual question need not make a node of the child.
    if (compiled.children !== undefined) return scope.childText(compiled.children);
    const node = queryElement(scope, compiled);
    return node?.own(node.text());
  }

  /** The first element that matches, in document order; `undefined` where none does. */
  first(selector: string): XmlElement | undefined {
    const node = queryElement(this.#node, this.#compiled(selector));
    return node && XmlElement.of(node);
  }

  /** All elements that match, in document order. */
  all(selector: string): readonly XmlElement[] {
    return queryElements(this.#node, this.#compiled(selector)).map((node) => XmlElement.of(node));
  }

  /**
   * A plain object: `{ '@id': '1', title: 'Tea', tag: ['a', 'b'] }`.
   *
   * - An attribute is a member `@name`; declarations (`xmlns`) are left out.
   * - A child is a member of its name: its text where it has neither attributes nor children, else an object. Where a
   *   name comes again, the member is a list in document order; `arrays` names those that always are.
   * - The element's own text is the member `#text`. Beside children, white space alone is left out.
   * - Names are as written, but where `namespaces` gives a prefix for their namespace, it is that prefix, so that the
   *   members do not depend on the prefixes in the document.
   */
  toObject(options: XmlObjectOptions = {}): XmlObject {
    return elementToObject(this.#node, options, this.#node.context().selectors.namespaces);
  }

  /** What `JSON.stringify` writes: {@link toObject}. */
  toJSON(): XmlObject {
    return this.toObject();
  }

  /**
   * The element as XML that is well-formed on its own: the namespaces in scope are declared on it. Where it holds what only XML 1.1
   * allows (`&#1;`, `xmlns:p=""`), it starts with `<?xml version="1.1"?>`.
   */
  toString(): string {
    return serializeElement(this.#node);
  }

  /**
   * Where the document goes on behind this record: plain data, from which `elements()` can go on in another process, with
   * `request(url, resumeAt(checkpoint))`.
   *
   * Throws a `TypeError` that says why where that cannot be: where the element is not a record of `elements()`, or is inside another
   * one that matches; where the response has no strong validator, or a content coding; where the document has a DTD with
   * declarations, is XML 1.1, or in an encoding whose bytes cannot be counted; and in a page that does not import
   * `readystream/xml/scanner`.
   *
   * @example
   * <!-- not run: it needs a server whose documents have entity tags -->
   * ```ts
   * import { request, resumeAt } from 'readystream';
   * import { elements } from 'readystream/xml';
   *
   * request('https://shop.example/feed.xml', resumeAt(undefined))
   *   .pipe(elements('item'))
   *   .subscribe((item) => localStorage.setItem('feed', JSON.stringify(item.checkpoint())));
   * ```
   */
  checkpoint(): XmlCheckpoint {
    const { checkpoint } = this.#node.context();
    if (checkpoint === undefined) {
      throw new TypeError(
        'There is no checkpoint here: the document has a DTD, or is XML 1.1, or the page does not import readystream/xml/scanner',
      );
    }
    return checkpoint(this.#node);
  }

  /** @internal */
  [inspect](_depth: number, options: unknown, format: (value: unknown, options: unknown) => string): string {
    return `XmlElement <${this.name}> ${format(this.toObject(), options)}`;
  }

  #compiled(selector: string): CompiledSelector {
    return this.#node.context().selectors.selector(selector);
  }
}
