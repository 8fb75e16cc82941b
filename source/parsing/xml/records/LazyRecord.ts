import { type TextPosition } from '../../../errors/ParseError.js';
import { type ResolvedName } from '../NamespaceScopes.js';
import { attributeSize } from '../scanner/StartTagReader.js';
import { readRange } from '../scanner/readRange.js';
import { type XmlAttribute } from '../XmlHandler.js';
import { type MatcherMemory } from '../selectors/SelectorMatcher.js';
import { type Batch } from './Batch.js';
import { contentAt, contentEndAt, countAt, elementSize, endAt, nameAt, nextAt, startAt } from './tape.js';

/** Of a long record, a place is remembered every so many bytes. */
const between = 4096;

/** A record: where it is in its batch, and what is read of it. Elements are told by their place on its part of the tape. */
export class LazyRecord {
  batch: Batch;
  /** Where it starts in the batch's bytes, and on the batch's tape. */
  base: number;
  tapeBase: number;
  /** Bytes of the document before it. */
  readonly byteOffset: number;
  // At its end: the number of records up to here, the characters that entities have added to the document, and the counts of a
  // matcher that counts. Fields, not an object: each is set for each record.
  records = 0;
  entityCharacters = 0;
  counted: readonly MatcherMemory[] | undefined = undefined;
  // Where it starts in the document.
  readonly #line: number;
  readonly #column: number;
  readonly #offset: number;
  /** The places in the document every so many bytes, as far as somebody asked. */
  #places: TextPosition[] | undefined = undefined;

  constructor(
    batch: Batch,
    base: number,
    tapeBase: number,
    { line, column, offset, byteOffset }: TextPosition & { readonly byteOffset: number },
  ) {
    this.batch = batch;
    this.base = base;
    this.tapeBase = tapeBase;
    this.byteOffset = byteOffset;
    this.#line = line;
    this.#column = column;
    this.#offset = offset;
  }

  /** The batch changes as long as the record is read, and at its end. */
  moveTo(batch: Batch, base: number, tapeBase: number): void {
    this.batch = batch;
    this.base = base;
    this.tapeBase = tapeBase;
  }

  /** The name of an element, or of an attribute, told by its own place. */
  nameAt(at: number): ResolvedName {
    const { tape, names } = this.batch;
    return names[tape[this.tapeBase + at]! >> 1]!;
  }

  /** Where the children start on the tape, and end. */
  firstChild(at: number): number {
    return at + elementSize + attributeSize * this.batch.tape[this.tapeBase + at + countAt]!;
  }

  next(at: number): number {
    return this.batch.tape[this.tapeBase + at + nextAt]!;
  }

  /** The value of the attribute that is at this place. */
  valueAt(at: number): string {
    const { batch, base } = this;
    const { tape } = batch;
    const place = this.tapeBase + at;
    const kind = (tape[place]! & 1) === 0 ? 'plain' : 'value';
    const from = base + tape[place + 1]!;
    return readRange(batch.bytes, from, base + tape[place + 2]!, kind, batch.supplied);
  }

  attributesAt(at: number): readonly XmlAttribute[] {
    const attributes: XmlAttribute[] = [];
    const end = this.firstChild(at);
    for (let place = at + elementSize; place < end; place += attributeSize) {
      const { name, prefix, local, uri } = this.nameAt(place);
      attributes.push({ name, prefix, local, uri, value: this.valueAt(place) });
    }
    return attributes;
  }

  /** Text of an element, from one place in its bytes to another, between two tags. */
  textBetween(at: number, from: number, to: number): string {
    const { batch, base } = this;
    const isSpecial = (batch.tape[this.tapeBase + at + nameAt]! & 1) !== 0;
    return readRange(batch.bytes, base + from, base + to, isSpecial ? 'text' : 'plain', batch.supplied);
  }

  /** All text inside an element. */
  textAt(at: number): string {
    const { tape } = this.batch;
    const { tapeBase } = this;
    let from = tape[tapeBase + at + contentAt]!;
    let child = this.firstChild(at);
    if (child === tape[tapeBase + at + nextAt])
      return this.textBetween(at, from, tape[tapeBase + at + contentEndAt]!);
    let text = '';
    // Elements that are open at `child`, outermost first: a document may be deeper than calls.
    const open = [at];
    for (let element = at; ;) {
      const isChild = child < tape[tapeBase + element + nextAt]!;
      const to = tape[tapeBase + (isChild ? child + startAt : element + contentEndAt)]!;
      if (to > from) text += this.textBetween(element, from, to);
      if (isChild) {
        open.push((element = child));
        from = tape[tapeBase + element + contentAt]!;
        child = this.firstChild(element);
      } else {
        from = tape[tapeBase + element + endAt]!;
        open.pop();
        const outer = open.at(-1);
        if (outer === undefined) return text;
        element = outer;
      }
    }
  }

  /** Where an element's start tag starts in the document. */
  positionAt(at: number): TextPosition {
    return this.#placeOf(this.batch.tape[this.tapeBase + at + startAt]!);
  }

  /** Where the record ends in the document, in bytes too. */
  endPosition(): TextPosition & { readonly byteOffset: number } {
    const to = this.batch.tape[this.tapeBase + endAt]!;
    return { ...this.#placeOf(to), byteOffset: this.byteOffset + to };
  }

  #placeOf(to: number): TextPosition {
    const places = (this.#places ??= [{ line: this.#line, column: this.#column, offset: this.#offset }]);
    for (let known = places.length; known <= Math.floor(to / between); known += 1)
      places.push(this.#goOn(places[known - 1]!, (known - 1) * between, known * between));
    const known = Math.floor(to / between);
    return this.#goOn(places[known]!, known * between, to);
  }

  /** The place at `to`, from that at `from` on. */
  #goOn(start: TextPosition, from: number, to: number): TextPosition {
    const { base } = this;
    const { bytes } = this.batch;
    let { line, column, offset } = start;
    for (let index = base + from; index < base + to; index += 1) {
      const byte = bytes[index]!;
      // A character counts where it starts.
      if ((byte & 0xc0) === 0x80) continue;
      const units = byte >= 0xf0 ? 2 : 1;
      offset += units;
      column += units;
      if (byte === 0x0a || (byte === 0x0d && bytes[index + 1] !== 0x0a)) {
        line += 1;
        column = 1;
      }
    }
    return { line, column, offset };
  }
}
