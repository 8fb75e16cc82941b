import { LimitError } from '../../errors/LimitError.js';
import { type RequestSummary } from '../../errors/ReadystreamError.js';
import { defaultLimits, type Limits } from '../../options/limits.js';
import { ElementNode } from './ElementNode.js';
import { elementOverhead, type RecordContext, type RecordSize, sizeOf } from './RecordNode.js';
import { type OpenElement, type SuspendedScan } from './records/SuspendedScan.js';
import { type XmlRecover } from './recovery/XmlRepair.js';
import { type CompiledSelector, elementMatcher, type ElementMatcher } from './selectors/compileSelector.js';
import { type Namespaces } from './selectors/resolvePrefix.js';
import { SelectorCache } from './selectors/SelectorCache.js';
import { XmlElement } from './XmlElement.js';
import { type XmlHandler, type XmlLocator, type XmlStartTag } from './XmlHandler.js';
import { XmlSkippedEntity } from './XmlSkippedEntity.js';

/**
 * How many elements and attributes a record may have in all. They count 16 each, but an element takes up to 240 bytes: 64 Mi of
 * characters would otherwise be 900 MB.
 */
export function mostNodes(xmlRecordCharacters: number): number {
  return Math.max(2 ** 20, xmlRecordCharacters / 64);
}

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
 * `limits.xmlRecordCharacters` (names, text and attributes, and 16 for each element and attribute besides), or over a million
 * elements and attributes (or, if that is more, one for each 64 characters of the limit), it throws a `LimitError`.
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
  readonly #mostNodes: number;
  readonly #request: RequestSummary | undefined;
  /** The open elements around the outermost open match. */
  readonly #around: XmlStartTag[] = [];
  /** What records share as long as the elements around them stay the same. */
  #context: RecordContext | undefined;
  /** The innermost open element of the outermost open match. */
  #current: ElementNode | undefined;
  /** The open matches, outermost first. */
  readonly #matches: ElementNode[] = [];
  /** Of the outermost open match: characters, and elements and attributes. */
  #characters = 0;
  #nodes = 0;
  /** Pieces of text that were appended since the last that was joined. */
  #pieces = 0;

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
    this.#mostNodes = mostNodes(this.#limit);
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
    if (parent === undefined) this.#characters = this.#nodes = 0;
    else this.#append(parent, element);
    if (isMatch) this.#matches.push(element);
    this.#current = element;
    this.#countTag(tag);
  }

  endElement(): void {
    this.#matcher.close();
    const element = this.#current;
    if (element === undefined) {
      this.#around.pop();
      this.#context = undefined;
      return;
    }
    this.#joinText(element, 8);
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
    this.#countTag(tag);
    for (const child of content) {
      if (typeof child === 'string') {
        element.appendText(child);
        this.#count(child.length);
      } else if (child instanceof XmlSkippedEntity) {
        element.appendElement(child);
        this.#countNodes({ nodes: 1, characters: elementOverhead + child.name.length });
      } else {
        child.owner = element;
        element.appendElement(child);
        this.#countNodes(child.size());
      }
    }
  }

  text(text: string): void {
    if (this.#current === undefined) return;
    this.#current.appendText(text);
    this.#count(text.length);
    this.#pieces += 1;
    // So seldom that joining takes little time, so often that the pieces take little memory.
    this.#joinText(this.#current, 1024 + this.#characters / 64);
  }

  #append(parent: ElementNode, element: ElementNode): void {
    this.#joinText(parent, 8);
    parent.appendElement(element);
  }

  /** Joins the last text of an element: a string of many pieces takes 32 bytes for each of them, until somebody looks at it. */
  #joinText({ content }: ElementNode, pieces: number): void {
    if (this.#pieces <= pieces) return;
    this.#pieces = 0;
    const last = typeof content === 'object' ? content.at(-1) : content;
    if (typeof last === 'string') last.charCodeAt(0);
  }

  cdata(text: string): void {
    this.text(text);
  }

  skippedEntity(name: string): void {
    if (this.#current === undefined) return;
    this.#current.appendElement(new XmlSkippedEntity(name));
    this.#countNodes({ nodes: 1, characters: elementOverhead + name.length });
  }

  #sharedContext(): RecordContext {
    return (this.#context ??= { ancestors: [...this.#around], selectors: this.#selectors });
  }

  #countTag(tag: XmlStartTag): void {
    this.#countNodes({ nodes: 1 + tag.attributes.length, characters: sizeOf(tag) });
  }

  #countNodes({ nodes, characters }: RecordSize): void {
    this.#nodes += nodes;
    this.#count(this.#nodes > this.#mostNodes ? Infinity : characters);
  }

  #count(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= this.#limit) return;
    throw new LimitError('xmlRecordCharacters', this.#limit, { request: this.#request });
  }
}
