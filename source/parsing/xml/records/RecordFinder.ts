import { type Limits } from '../../../options/limits.js';
import { type TextPosition } from '../../../errors/ParseError.js';
import { elementOverhead } from '../collectElements.js';
import { type RecordContext, type RecordNode } from '../RecordNode.js';
import { unbounded } from '../scanner/ByteWindow.js';
import { type SuppliedEntities } from '../scanner/ReferenceReader.js';
import { Scanner } from '../scanner/Scanner.js';
import { handOver, rootEnded } from '../scanner/ScanResult.js';
import { type StartTagReader } from '../scanner/StartTagReader.js';
import { type TagSink } from '../scanner/TagSink.js';
import { type CompiledSelector, elementMatcher, type ElementMatcher } from '../selectors/compileSelector.js';
import { type SelectorCache } from '../selectors/SelectorCache.js';
import { XmlElement } from '../XmlElement.js';
import { escapeXml } from '../escapeXml.js';
import { type MatcherMemory } from '../selectors/SelectorMatcher.js';
import { type XmlCheckpoint } from '../XmlCheckpoint.js';
import { type XmlAttribute, type XmlStartTag } from '../XmlHandler.js';
import { AncestorTape } from './AncestorTape.js';
import { type CheckpointMaker } from './CheckpointMaker.js';
import { NameMatcher } from './NameMatcher.js';
import { RecordTape } from './RecordTape.js';
import { type OpenElement, type SuspendedScan } from './SuspendedScan.js';

/** What records are found with. */
export interface RecordFinderOptions {
  readonly selector: CompiledSelector;
  readonly selectors: SelectorCache;
  readonly limits: Limits;
  readonly entities: SuppliedEntities;
  /** What a matcher remembers from before a checkpoint. */
  readonly remembered?: readonly MatcherMemory[] | undefined;
  /** Makes checkpoints. */
  readonly checkpoints: CheckpointMaker;
}

/** A start tag that a matcher looks at, while it is in the scanner's window. */
class SeenTag implements XmlStartTag {
  name = '';
  prefix = '';
  local = '';
  uri = '';
  selfClosing = false;
  readonly #tag: StartTagReader;
  #attributes: readonly XmlAttribute[] | undefined;

  constructor(tag: StartTagReader) {
    this.#tag = tag;
  }

  get attributes(): readonly XmlAttribute[] {
    return (this.#attributes ??= this.#tag.takeAttributes());
  }

  /** Another tag was read. */
  renew(): this {
    const { resolved, element, selfClosing } = this.#tag;
    const { name, prefix, local, uri } = resolved.list[element]!;
    this.name = name;
    this.prefix = prefix;
    this.local = local;
    this.uri = uri;
    this.selfClosing = selfClosing;
    this.#attributes = undefined;
    return this;
  }
}

/** Finds the elements that match in what a scanner tells, and gives them at their ends. */
export class RecordFinder implements TagSink {
  readonly #options: RecordFinderOptions;
  readonly #scanner: Scanner;
  readonly #limit: number;
  readonly #tape: RecordTape;
  readonly #around: AncestorTape;
  /** One of the two is there. */
  readonly #names: NameMatcher | undefined;
  readonly #matcher: ElementMatcher | undefined;
  readonly #seen: SeenTag;
  /** Whether the matcher remembers more than the open elements tell. */
  readonly #counts: boolean;
  /** Whether the elements match that are open in the record, by depth. */
  #isMatch = new Uint8Array(32);
  /** What records share as long as the elements around them stay the same. */
  #context: RecordContext | undefined;
  #output: XmlElement[] = [];
  #ended = false;
  /** Elements are opened again that were open at a checkpoint. */
  #isReopening = false;
  /** How many records there were. */
  records = 0;

  constructor(options: RecordFinderOptions) {
    const { selector, limits, entities } = options;
    this.#options = options;
    this.#limit = Math.min(limits.xmlRecordCharacters, unbounded);
    this.#scanner = new Scanner(this, limits, entities);
    const { tags } = this.#scanner;
    this.#seen = new SeenTag(tags);
    this.#tape = new RecordTape(this.#scanner);
    this.#around = new AncestorTape(tags.resolved.list);
    this.#names = NameMatcher.of(selector, tags.resolved.list);
    this.#matcher = this.#names === undefined ? elementMatcher(selector, options.remembered) : undefined;
    this.#counts = this.#matcher?.counts === true;
  }

  get keptFrom(): number {
    return this.#tape.keptFrom;
  }

  get keptSurplus(): number {
    return this.#tape.keptSurplus;
  }

  /** Says where the document goes on, with the root's start tag. */
  start(position: TextPosition, byteOffset: number): void {
    this.#scanner.window.start(position, byteOffset);
  }

  /** Goes on inside the elements that were open at a checkpoint. */
  resume({ open, position }: XmlCheckpoint, byteOffset: number): boolean {
    const { window } = this.#scanner;
    const tags = open.map(
      ({ name, attributes }) =>
        `<${name}${attributes.map(([of, value]) => ` ${of}="${escapeXml(value, 'attribute')}"`).join('')}>`,
    );
    this.#isReopening = true;
    const isOver = this.write(new TextEncoder().encode(tags.join('')), []);
    this.#isReopening = false;
    if (isOver || this.#scanner.depth !== open.length) return false;
    for (const [depth, { line, column }] of open.entries()) {
      this.#scanner.openLine[depth] = line;
      this.#scanner.openColumn[depth] = column;
    }
    window.start(position, byteOffset);
    return true;
  }

  /** Appends the records that end in these bytes. `true` where somebody else has to go on, told by `suspend`. */
  write(bytes: Uint8Array, output: XmlElement[], ended = false): boolean {
    this.#output = output;
    const result = this.#scanner.write(bytes, ended);
    this.#ended = result === rootEnded;
    this.#tape.closeBatch();
    // What no open record refers to need not be remembered.
    if (this.#tape.keptFrom === -1) this.#scanner.references.supplied = undefined;
    return result === handOver || this.#ended;
  }

  startTag(tag: StartTagReader, from: number, to: number): boolean {
    const { depth, window, references } = this.#scanner;
    const { count, selfClosing } = tag;
    const tape = this.#tape;
    const isOutside = tape.keptFrom === -1;
    // Inside a record, what entities added was taken off already.
    const endBefore =
      (isOutside ? from + this.#limit - (count === 0 ? 0 : references.growth) : window.endBefore) -
      elementOverhead * (1 + count);
    if (to > endBefore) return false;
    const names = this.#names;
    const isMatch =
      names !== undefined
        ? names.enter(depth, tag.element)
        : // What it remembers says what these elements are to it.
          !(this.#isReopening && this.#counts) && this.#ask();
    if (isOutside) {
      if (!isMatch) {
        if (!selfClosing) this.#openAround(tag);
        else this.#matcher?.close();
        return true;
      }
      tape.begin(from, depth);
    }
    window.endBefore = endBefore;
    const place = tape.add(tag, from, to, depth);
    if (!selfClosing) {
      if (depth >= this.#isMatch.length) this.#deepen();
      this.#isMatch[depth] = isMatch ? 1 : 0;
      return true;
    }
    this.#matcher?.close();
    if (isOutside) this.#end(to);
    else if (isMatch) this.#give(tape.inner(place, depth, this.#sharedContext()));
    return true;
  }

  endTag(from: number, to: number): void {
    this.#matcher?.close();
    const { depth } = this.#scanner;
    const tape = this.#tape;
    if (tape.keptFrom === -1) {
      this.#context = undefined;
      this.#around.close(depth);
      return;
    }
    const place = tape.close(from, to, depth);
    if (depth === tape.depth) this.#end(to);
    else if (this.#isMatch[depth] === 1) this.#give(tape.inner(place, depth, this.#sharedContext()));
  }

  specialText(): void {
    if (this.#tape.keptFrom !== -1) this.#tape.specialText();
  }

  moved(bytes: number): void {
    this.#tape.moved(bytes);
  }

  /** What somebody who goes on from the current token has to know; this is not used any more. */
  suspend(): SuspendedScan {
    const { window, references, depth: open } = this.#scanner;
    references.unspend();
    const tape = this.#tape;
    if (tape.keptFrom !== -1) tape.suspend(this.#sharedContext());
    const matcher = this.#matcher ?? elementMatcher(this.#options.selector);
    const elements = Array.from({ length: open }, (_, depth) => this.#suspended(depth));
    if (this.#matcher === undefined) for (const { tag } of elements) matcher.open(tag);
    return {
      position: { line: window.tokenLine, column: window.column, offset: window.offset },
      byteOffset: window.byteOffset,
      open: elements,
      matcher,
      rest: window.bytes.slice(window.token, window.fill),
      ended: this.#ended,
    };
  }

  #suspended(depth: number): OpenElement {
    const scanner = this.#scanner;
    const line = scanner.openLine[depth]!;
    const column = scanner.openColumn[depth]!;
    const tape = this.#tape;
    if (tape.keptFrom === -1 || depth < tape.depth)
      return { tag: this.#tagAround(depth), line, column, inRecord: undefined };
    const context = this.#sharedContext();
    const isInnermost = depth + 1 === scanner.depth;
    const node: RecordNode = tape.openNode(depth, context);
    const content = tape.contentSoFar(depth, isInnermost, context);
    const isMatch = this.#isMatch[depth] === 1;
    return { tag: node.tag, line, column, inRecord: { offset: node.position().offset, content, isMatch } };
  }

  #ask(): boolean {
    return this.#matcher!.open(this.#seen.renew());
  }

  #openAround(tag: StartTagReader): void {
    const { depth, window, references } = this.#scanner;
    this.#context = undefined;
    this.#around.open(depth, tag, window.bytes, references.supplied !== undefined);
  }

  #end(to: number): void {
    const counted = this.#counts ? this.#matcher!.remembered() : undefined;
    this.#give(this.#tape.end(to, this.#sharedContext(), this.records + 1, counted));
    this.#scanner.window.endBefore = unbounded;
  }

  #give(node: RecordNode): void {
    this.records += 1;
    this.#output.push(XmlElement.of(node));
  }

  #sharedContext(): RecordContext {
    return (this.#context ??= {
      ancestors: Array.from({ length: this.#tape.depth }, (_, depth) => this.#tagAround(depth)),
      selectors: this.#options.selectors,
      checkpoint: this.#checkpointer(),
    });
  }

  /** What makes checkpoints at the ends of records inside the elements that are open around them now. */
  #checkpointer(): RecordContext['checkpoint'] {
    const { openLine, openColumn } = this.#scanner;
    const places = Array.from({ length: this.#tape.depth }, (_, depth) => ({
      line: openLine[depth]!,
      column: openColumn[depth]!,
    }));
    const { checkpoints } = this.#options;
    return (node) => checkpoints.at(node, places);
  }

  #tagAround(depth: number): XmlStartTag {
    const { name, prefix, local, uri } = this.#scanner.elementAt(depth);
    const attributes = this.#around.attributes(depth);
    return { name, prefix, local, uri, attributes, selfClosing: false };
  }

  #deepen(): void {
    const old = this.#isMatch;
    this.#isMatch = new Uint8Array(old.length * 2);
    this.#isMatch.set(old);
  }
}
