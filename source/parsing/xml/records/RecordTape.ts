import { type RecordContext, type RecordNode } from '../RecordNode.js';
import { type ByteWindow } from '../scanner/ByteWindow.js';
import { attributeSize, type StartTagReader } from '../scanner/StartTagReader.js';
import { lengthened } from '../scanner/NamespaceScope.js';
import { type ReferenceReader } from '../scanner/ReferenceReader.js';
import { type Scanner } from '../scanner/Scanner.js';
import { type MatcherMemory } from '../selectors/SelectorMatcher.js';
import { Batch } from './Batch.js';
import { LazyNode } from './LazyNode.js';
import { LazyRecord } from './LazyRecord.js';
import { contentAt, contentEndAt, countAt, elementSize, endAt, nameAt, nextAt, startAt } from './tape.js';

/** Over so many bytes a batch is closed, since who keeps one of its records keeps all of it. */
const batchBytes = 8192;
/** Over so many bytes between two records the second goes into a batch of its own. */
const gapBytes = 512;

/** Notes on a tape where what is in the records that are being read; their bytes stay in the scanner's window until then. */
export class RecordTape {
  /** Where the open record starts in the window, -1 where there is none, and how many more bytes than code units are before. */
  keptFrom = -1;
  keptSurplus = 0;
  /** How many elements are around it. */
  depth = -1;
  readonly #window: ByteWindow;
  readonly #tags: StartTagReader;
  readonly #references: ReferenceReader;
  readonly #members: (string | undefined)[] = [];
  #batch: Batch | undefined;
  /** Where the batch starts in the window, and its last record ends. */
  #origin = 0;
  #batchEnd = 0;
  #tape = new Int32Array(1024);
  #fill = 0;
  /** Of the open record: its place on the tape, and in the document. */
  #base = 0;
  readonly #start = { line: 1, column: 1, offset: 0, byteOffset: 0 };
  /** Its innermost open element's place, behind #base; and those of all by depth. */
  #open = -1;
  #openAt = new Int32Array(32);
  /** Of a record in which there were matches: its elements that are open, as far as there were matches in them. */
  readonly #nodes: LazyNode[] = [];
  #record: LazyRecord | undefined;

  constructor({ window, tags, references }: Scanner) {
    this.#window = window;
    this.#tags = tags;
    this.#references = references;
  }

  /** Begins a record, whose start tag starts at `from`, inside `depth` elements. */
  begin(from: number, depth: number): void {
    const window = this.#window;
    if (from - this.#batchEnd > gapBytes || this.#batchEnd - this.#origin > batchBytes) this.closeBatch();
    if (this.#batch === undefined) {
      this.#batch = this.#newBatch();
      this.#origin = from;
      this.#fill = 0;
    }
    this.#base = this.#fill;
    const start = this.#start;
    start.line = window.tokenLine;
    start.column = window.column;
    start.offset = window.offset;
    start.byteOffset = window.byteOffset;
    this.keptFrom = from;
    this.keptSurplus = window.tokenSurplus;
    this.depth = depth;
  }

  /** Adds the element of the start tag from `from` to `to`, inside `depth` elements of the document; gives its place. */
  add(tag: StartTagReader, from: number, to: number, depth: number): number {
    const start = this.keptFrom;
    const { count, attributes } = tag;
    const at = this.#fill;
    const next = at + elementSize + attributeSize * count;
    if (next > this.#tape.length) this.#lengthen(next);
    const tape = this.#tape;
    tape[at + nameAt] = tag.element * 2;
    tape[at + startAt] = from - start;
    tape[at + contentAt] = to - start;
    tape[at + countAt] = count;
    for (
      let index = 0, place = at + elementSize;
      place < next;
      index += attributeSize, place += attributeSize
    ) {
      tape[place] = attributes[index]!;
      tape[place + 1] = attributes[index + 1]! - start;
      tape[place + 2] = attributes[index + 2]! - start;
    }
    this.#fill = next;
    const place = at - this.#base;
    if (tag.selfClosing) {
      tape[at + contentEndAt] = to - start;
      tape[at + endAt] = to - start;
      tape[at + nextAt] = next - this.#base;
    } else {
      tape[at + endAt] = -1;
      if (depth >= this.#openAt.length) this.#openAt = lengthened(this.#openAt, depth + 1);
      this.#openAt[depth] = place;
      this.#open = place;
      if (this.#nodes.length > depth - this.depth) this.#nodes.length = depth - this.depth;
    }
    return place;
  }

  /** Ends the innermost element, which is inside `depth` others and whose end tag is from `from` to `to`; gives its place. */
  close(from: number, to: number, depth: number): number {
    const start = this.keptFrom;
    const place = this.#open;
    const at = this.#base + place;
    const tape = this.#tape;
    tape[at + contentEndAt] = from - start;
    tape[at + endAt] = to - start;
    tape[at + nextAt] = this.#fill - this.#base;
    this.#open = depth === this.depth ? -1 : this.#openAt[depth - 1]!;
    return place;
  }

  /** The innermost element has text that is not as it stands. */
  specialText(): void {
    const at = this.#base + this.#open + nameAt;
    this.#tape[at] = this.#tape[at]! | 1;
  }

  /** Ends the record, which ends at `to`, and gives it. */
  end(
    to: number,
    context: RecordContext,
    records: number,
    counted: readonly MatcherMemory[] | undefined,
  ): LazyNode {
    const batch = this.#batch!;
    const base = this.keptFrom - this.#origin;
    const [known] = this.#nodes;
    const record = this.#record ?? new LazyRecord(batch, base, this.#base, this.#start);
    record.records = records;
    record.entityCharacters = this.#references.spent;
    record.counted = counted;
    if (this.#record !== undefined) {
      record.moveTo(batch, base, this.#base);
      this.#record = undefined;
      this.#nodes.length = 0;
    }
    this.#batchEnd = to;
    this.keptFrom = -1;
    return known ?? new LazyNode(record, 0, context);
  }

  /** The element at this place, inside `depth` others, which has ended while the record has not. */
  inner(place: number, depth: number, context: RecordContext): LazyNode {
    return this.openNode(depth - 1, context).child(place);
  }

  /** The element that is open inside `depth` others. Its record is read from the window as long as it is open. */
  openNode(depth: number, context: RecordContext): LazyNode {
    const nodes = this.#nodes;
    if (nodes.length === 0) {
      this.#record = new LazyRecord(this.#newBatch(), 0, 0, this.#start);
      this.#follow();
      nodes.push(new LazyNode(this.#record, 0, context));
    }
    for (let index = nodes.length; index <= depth - this.depth; index += 1)
      nodes.push(nodes[index - 1]!.child(this.#openAt[this.depth + index]!));
    return nodes[depth - this.depth]!;
  }

  /** What the element that is open inside `depth` others holds before the next open one, or before the current token. */
  contentSoFar(
    depth: number,
    isInnermost: boolean,
    context: RecordContext,
  ): readonly (RecordNode | string)[] {
    const next = isInnermost ? this.#fill - this.#base : this.#openAt[depth + 1]!;
    const to = isInnermost ? this.#window.token - this.keptFrom : this.#tape[this.#base + next + startAt]!;
    return this.openNode(depth, context).contentBefore(next, to);
  }

  moved(bytes: number): void {
    this.#origin -= bytes;
    this.#batchEnd -= bytes;
    if (this.keptFrom === -1) return;
    this.keptFrom -= bytes;
    this.keptSurplus = 0;
    this.#follow();
  }

  /** Gives the batch what it needs, since the window moves on; the record that is open goes into the next. */
  closeBatch(): void {
    const batch = this.#batch;
    if (batch === undefined) return;
    const isOpen = this.keptFrom !== -1;
    const tapeEnd = isOpen ? this.#base : this.#fill;
    if (tapeEnd > 0) {
      const bytes = this.#window.bytes.subarray(this.#origin, this.#batchEnd);
      batch.keep(bytes, this.#tape.subarray(0, tapeEnd), this.#references.supplied);
    }
    if (!isOpen) {
      this.#batch = undefined;
      this.#fill = 0;
      return;
    }
    if (tapeEnd > 0) {
      this.#tape.copyWithin(0, tapeEnd, this.#fill);
      this.#fill -= tapeEnd;
      this.#base = 0;
      this.#batch = this.#newBatch();
      this.#origin = this.keptFrom;
    }
    this.#follow();
  }

  /** Keeps the record that is open, as far as it was read, as a batch of its own. */
  suspend(context: RecordContext): void {
    const { bytes, token } = this.#window;
    this.openNode(this.depth, context);
    const batch = this.#newBatch();
    const tape = this.#tape.subarray(this.#base, this.#fill);
    batch.keep(bytes.subarray(this.keptFrom, token), tape, this.#references.supplied);
    this.#record?.moveTo(batch, 0, 0);
  }

  /** Has what is known of the open record read from where that is now. */
  #follow(): void {
    const record = this.#record;
    if (record === undefined) return;
    const { batch } = record;
    batch.bytes = this.#window.bytes;
    batch.tape = this.#tape;
    batch.supplied = this.#references.supplied;
    record.moveTo(batch, this.keptFrom, this.#base);
  }

  #lengthen(needed: number): void {
    this.#tape = lengthened(this.#tape, needed);
    this.#follow();
  }

  #newBatch(): Batch {
    return new Batch(this.#tags.resolved.list, this.#members);
  }
}
