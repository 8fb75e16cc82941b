import { LimitError } from '../../errors/LimitError.js';
import { type RequestSummary } from '../../errors/ReadystreamError.js';
import { defaultLimits, type Limits } from '../../options/limits.js';
import { ElementNode } from './ElementNode.js';
import { type NodeChild, type RecordContext } from './RecordNode.js';
import { type OpenElement, type SuspendedScan } from './records/SuspendedScan.js';
import { type XmlRecover } from './recovery/XmlRepair.js';
import { type CompiledSelector, elementMatcher, type ElementMatcher } from './selectors/compileSelector.js';
import { type Namespaces } from './selectors/resolvePrefix.js';
import { SelectorCache } from './selectors/SelectorCache.js';
import { XmlElement } from './XmlElement.js';
import { type XmlHandler, type XmlLocator, type XmlStartTag } from './XmlHandler.js';
import { XmlSkippedEntity } from './XmlSkippedEntity.js';

/**
 * What an element or attribute counts besides its characters. It takes about 190 bytes, so that without this the default
 * limit would let 64 Mi of `<a/>` take 12 GB.
 */
export const elementOverhead = 16;

/** What {@link collectElements} can be told. */
export interface CollectElementsOptions {
  /** Whether the document is read with repairs: then names may hold a colon. @defaultValue not */
  readonly recover?: XmlRecover | undefined;
  /** What the prefixes in selectors on the elements stand for. @defaultValue none */
  readonly namespaces?: Namespaces | undefined;
  /** How large a record may be. @defaultValue `defaultLimits` */
  readonly limits?: Partial<Pick<Limits, 'xmlRecordCharacters'>> | undefined;
  /** The request, for the errors. */
  readonly request?: RequestSummary | undefined;
}

/**
 * Makes handlers that emit an {@link XmlElement} for each element that matches, at its end tag: of elements inside one
 * another the inner first. What is held is the outermost open match and the start tags around it; over
 * `limits.xmlRecordCharacters` (names, text and attributes, and 16 for each element and attribute besides) it throws a
 * `LimitError`.
 */
export function collectElements(
  selector: CompiledSelector,
  options: CollectElementsOptions = {},
): (emit: (element: XmlElement) => void) => XmlHandler {
  const hasColons = options.recover !== undefined && options.recover !== false;
  const selectors = new SelectorCache(options.namespaces ?? {}, { hasColons });
  return (emit) => new ElementCollector(selector, selectors, options, emit);
}

/** See {@link collectElements}. */
export class ElementCollector implements XmlHandler {
  readonly #emit: (element: XmlElement) => void;
  readonly #selectors: SelectorCache;
  #matcher: ElementMatcher;
  readonly #limit: number;
  readonly #request: RequestSummary | undefined;
  /** The open elements around the outermost open match. */
  readonly #around: XmlStartTag[] = [];
  /** What records share as long as the elements around them stay the same. */
  #context: RecordContext | undefined;
  /** The innermost open element of the outermost open match. */
  #current: ElementNode | undefined;
  /** The open matches, outermost first. */
  readonly #matches: ElementNode[] = [];
  /** Of the outermost open match. */
  #characters = 0;

  constructor(
    selector: CompiledSelector,
    selectors: SelectorCache,
    { limits, request }: CollectElementsOptions,
    emit: (element: XmlElement) => void,
  ) {
    this.#emit = emit;
    this.#selectors = selectors;
    this.#matcher = elementMatcher(selector);
    this.#limit = limits?.xmlRecordCharacters ?? defaultLimits.xmlRecordCharacters;
    this.#request = request;
  }

  startElement(tag: XmlStartTag, locator: XmlLocator): void {
    const isMatch = this.#matcher.open(tag);
    const parent = this.#current;
    if (parent === undefined && !isMatch) {
      this.#around.push(tag);
      this.#context = undefined;
      return;
    }
    const element = new ElementNode(tag, parent ?? this.#sharedContext(), locator);
    if (parent === undefined) this.#characters = 0;
    else parent.appendElement(element);
    if (isMatch) this.#matches.push(element);
    this.#current = element;
    this.#count(sizeOf(tag));
  }

  endElement(): void {
    this.#matcher.close();
    const element = this.#current;
    if (element === undefined) {
      this.#around.pop();
      this.#context = undefined;
      return;
    }
    this.#current = element.owner instanceof ElementNode ? element.owner : undefined;
    if (this.#matches.at(-1) !== element) return;
    this.#matches.pop();
    this.#emit(XmlElement.of(element));
  }

  /** Goes on where a scan was suspended; `tags` are those of the elements that are open. */
  resume({ open, matcher }: SuspendedScan, tags: readonly XmlStartTag[]): void {
    this.#matcher = matcher;
    for (const [index, tag] of tags.entries()) this.#reopen(open[index], tag);
  }

  #reopen(open: OpenElement | undefined, tag: XmlStartTag): void {
    if (open?.inRecord === undefined) {
      this.#around.push(tag);
      return;
    }
    const { line, column } = open;
    const { offset, content, isMatch } = open.inRecord;
    const parent = this.#current;
    const element = new ElementNode(tag, parent ?? this.#sharedContext(), { line, column, offset });
    parent?.appendElement(element);
    if (isMatch) this.#matches.push(element);
    this.#current = element;
    this.#count(sizeOf(tag));
    for (const child of content) {
      if (typeof child === 'string') {
        element.appendText(child);
      } else if (child instanceof XmlSkippedEntity) {
        element.appendElement(child);
      } else {
        child.owner = element;
        element.appendElement(child);
      }
      this.#countAll(child);
    }
  }

  #countAll(node: NodeChild): void {
    const left: NodeChild[] = [node];
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      if (typeof one === 'string') {
        this.#count(one.length);
        continue;
      }
      if (one instanceof XmlSkippedEntity) continue;
      this.#count(sizeOf(one.tag));
      if (typeof one.content === 'object') for (const child of one.content) left.push(child);
      else if (one.content !== undefined) left.push(one.content);
    }
  }

  text(text: string): void {
    if (this.#current === undefined) return;
    this.#current.appendText(text);
    this.#count(text.length);
  }

  cdata(text: string): void {
    this.text(text);
  }

  skippedEntity(name: string): void {
    if (this.#current === undefined) return;
    this.#current.appendElement(new XmlSkippedEntity(name));
    this.#count(elementOverhead + name.length);
  }

  #sharedContext(): RecordContext {
    return (this.#context ??= { ancestors: [...this.#around], selectors: this.#selectors });
  }

  #count(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= this.#limit) return;
    throw new LimitError('xmlRecordCharacters', this.#limit, { request: this.#request });
  }
}

function sizeOf({ name, attributes }: XmlStartTag): number {
  let characters = elementOverhead + name.length;
  if (attributes.length > 0) {
    for (const attribute of attributes)
      characters += elementOverhead + attribute.name.length + attribute.value.length;
  }
  return characters;
}
