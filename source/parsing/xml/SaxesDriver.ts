import { SaxesParser } from 'saxes';
import { type TextPosition } from '../../errors/ParseError.js';
import { type ExpandedText } from './ContentExpander.js';
import { type RawAttribute } from './NamespaceScopes.js';
import { type MovingPosition, PositionMap } from './PositionMap.js';
import { mendSaxes, stateText } from './mendSaxes.js';
import { type SaxesCallbacks, type SaxesInternals } from './SaxesInternals.js';

/** saxes' last state before all markup. */
const stateBegin = 1;
const noAttributes: readonly RawAttribute[] = [];
/** Thrown to get out of saxes in the middle of what is written. */
const leaveSaxes = /*#__PURE__*/ new Error('unwinds saxes');

/** saxes 6 with its traps disarmed, and the places of its tokens in the document. Nothing else imports saxes. */
export class SaxesDriver implements ExpandedText {
  readonly #callbacks: SaxesCallbacks;
  #saxes: SaxesInternals;
  /**
   * The last character of what was written, if it is a hyphen, since at the end of a comment saxes must have the character
   * behind it at hand; or the CRs that it ends with, since saxes would hold the last back and then stand elsewhere than it
   * says.
   */
  #held = '';
  #inside = false;
  /** Set by `restart`, behind which what saxes is given may differ from the document. */
  #map: PositionMap | undefined;

  constructor(callbacks: SaxesCallbacks) {
    this.#callbacks = callbacks;
    this.#saxes = this.#connect(new SaxesParser({ xmlns: true }));
  }

  /** Whether no markup is being read. */
  get betweenMarkup(): boolean {
    const { state } = this.#saxes;
    return state === stateText || state <= stateBegin;
  }

  /** What saxes holds of the token that it is reading: characters of its name and of its text, and attributes. */
  get pending(): {
    readonly name: number;
    readonly text: number;
    readonly attributes: readonly RawAttribute[];
  } {
    const { name, piTarget, entity, text, attribList } = this.#saxes;
    return {
      name: name.length + piTarget.length + entity.length,
      text: text.length,
      attributes: attribList,
    };
  }

  /** Characters of the text, or of the value, that is being read. */
  get pendingText(): number {
    return this.#saxes.text.length;
  }

  /** Joins the text that is being read: a string of many pieces takes 32 bytes for each of them, until somebody looks at it. */
  joinText(): void {
    this.#saxes.text.charCodeAt(0);
  }

  /** Takes the text of the node that is being read: it will not be in what is reported at its end. */
  takeText(): string {
    const { text } = this.#saxes;
    this.#saxes.text = '';
    return text;
  }

  /** The attributes of the start tag that was read. */
  takeAttributes(): readonly RawAttribute[] {
    const list = this.#saxes.attribList;
    if (list.length === 0) return noAttributes;
    this.#saxes.attribList = [];
    return list;
  }

  setVersion(version: '1.0' | '1.1'): void {
    this.#saxes.setXMLVersion(version);
  }

  /** Writes text of the document. Where a callback has interrupted it, the rest is given back. */
  write(piece: string): string | undefined {
    let text = this.#held === '' ? piece : this.#held + piece;
    this.#held = '';
    const last = text.charCodeAt(text.length - 1);
    if (last === 0x2d || last === 0xd) {
      let to = text.length - 1;
      while (last === 0xd && text.charCodeAt(to - 1) === 0xd) to -= 1;
      this.#held = text.slice(to);
      text = text.slice(0, to);
    }
    return this.#write(text);
  }

  /** Writes what was held back, when it is clear that nothing behind it belongs to it. */
  release(): void {
    const held = this.#held;
    this.#held = '';
    if (held !== '') this.#write(held.replaceAll('\r', '\n'));
  }

  copy(text: string): void {
    this.write(text);
  }

  insert(text: string): void {
    this.release();
    const here = this.here();
    this.#map?.pin(here);
    this.#write(text);
    this.#goOnAt(here);
  }

  skip(units: number): void {
    const { line, column, offset } = this.here();
    this.#goOnAt({ line, column: column + units, offset: offset + units });
  }

  /** Ends the document. */
  close(): void {
    this.#saxes.close();
  }

  /** Inside a callback: has `write` give back what it has not read. */
  interrupt(): never {
    throw leaveSaxes;
  }

  /** Behind a DOCTYPE, after an interruption: begins anew with a saxes that takes the document to go on at `position`. */
  restart(version: '1.0' | '1.1', position: TextPosition): void {
    const saxes = new SaxesParser({ xmlns: true, defaultXMLVersion: version, forceXMLVersion: true });
    // So that it refuses a second one.
    saxes.write('<!DOCTYPE r>');
    this.#saxes = this.#connect(saxes);
    this.#map = new PositionMap();
    this.#goOnAt(position);
  }

  /** Begins anew inside of so many elements, or behind the root, with a saxes that takes the document to go on at `position`. */
  restartInside(depth: number, position: TextPosition): void {
    const saxes = new SaxesParser({ xmlns: true });
    saxes.write(depth === 0 ? '<r/>' : '<r>'.repeat(depth));
    this.#held = '';
    this.#saxes = this.#connect(saxes);
    this.#map = new PositionMap();
    this.#goOnAt(position);
  }

  /** Sets a place to the one `ahead` code units past what saxes has read, inside one of its calls. */
  locate(place: MovingPosition, ahead: number): void {
    const { chunkPosition, i } = this.#saxes;
    this.#inSaxes(chunkPosition + i + ahead, place);
    if (this.#map !== undefined) this.#map.correct(place);
  }

  /** The place behind all that saxes has read. */
  here(): TextPosition {
    const { chunkPosition, i } = this.#saxes;
    return this.#at(this.#inside ? chunkPosition + i : chunkPosition);
  }

  /** The place of the last character that saxes has read. */
  lastCharacter(): TextPosition {
    const { chunkPosition, prevI, positionAtNewLine } = this.#saxes;
    return this.#at(Math.max(chunkPosition + prevI, positionAtNewLine));
  }

  /** The last character that saxes has read, by its number. */
  lastCode(): number {
    const { chunk, prevI } = this.#saxes;
    return chunk.codePointAt(prevI) ?? 0;
  }

  /** The place of the "&" of the reference being read. */
  ampersand(): TextPosition {
    const { chunkPosition, i, entity } = this.#saxes;
    return this.#at(chunkPosition + i - entity.length - 1);
  }

  /** The place behind the reference being read, to this name. */
  behindReference(name: string): TextPosition {
    const { chunkPosition, i, entity } = this.#saxes;
    return this.#at(chunkPosition + i - entity.length + name.length + 1);
  }

  /** The place behind all that was written. */
  end(): TextPosition {
    const { line, column, offset } = this.here();
    const behind = this.#held.length;
    if (this.#held.startsWith('\r')) return { line: line + behind, column: 1, offset: offset + behind };
    return { line, column: column + behind, offset: offset + behind };
  }

  #at(offset: number): TextPosition {
    const place = { line: 0, column: 0, offset: 0 };
    this.#inSaxes(offset, place);
    this.#map?.correct(place);
    return place;
  }

  /** What is written next is the document's text from `position` on. */
  #goOnAt(position: TextPosition): void {
    const inSaxes = { line: 0, column: 0, offset: 0 };
    this.#inSaxes(this.#saxes.chunkPosition, inSaxes);
    this.#map?.resume(position, inSaxes);
  }

  /** Sets a place to one on the line that saxes is reading, in the text that it was given. */
  #inSaxes(offset: number, place: MovingPosition): void {
    const { line, positionAtNewLine } = this.#saxes;
    place.line = line;
    place.column = offset - positionAtNewLine + 1;
    place.offset = offset;
  }

  #write(text: string): string | undefined {
    this.#inside = true;
    try {
      this.#saxes.write(text);
    } catch (error) {
      if (error !== leaveSaxes) throw error;
      const { chunk, i, carriedFromPrevious = '' } = this.#saxes;
      const rest = chunk.slice(i) + carriedFromPrevious + this.#held;
      this.#held = '';
      this.#inside = false;
      return rest;
    }
    this.#inside = false;
    return undefined;
  }

  #connect(parser: object): SaxesInternals {
    const saxes = parser as SaxesInternals;
    const callbacks = this.#callbacks;
    // Not by "on": it stores them by computed names, whereupon V8 makes a slow dictionary of the whole parser (measured:
    // five times the CPU of the same parse).
    saxes.errorHandler = ({ message }) => {
      callbacks.failure(message);
    };
    saxes.xmldeclHandler = (declaration) => {
      callbacks.xmlDeclaration(declaration);
    };
    saxes.doctypeHandler = (text) => {
      saxes.text = '';
      callbacks.doctype(text);
    };
    saxes.openTagHandler = (tag) => {
      callbacks.startElement(tag);
    };
    saxes.closeTagHandler = ({ name }) => {
      callbacks.endElement(name);
    };
    saxes.textHandler = (text) => {
      callbacks.text(text);
    };
    saxes.cdataHandler = (text) => {
      callbacks.cdata(text);
    };
    saxes.commentHandler = (text) => {
      // saxes calls before it has seen the ">".
      if (saxes.chunk.charCodeAt(saxes.i) !== 0x3e) callbacks.failure('malformed comment');
      callbacks.comment(text);
    };
    saxes.piHandler = ({ target, body }) => {
      callbacks.processingInstruction(target, body);
    };
    // Names are resolved by the reader, which does it once for each and not once for each tag (measured: a tenth of the CPU
    // of a feed), and compares those of start and end tags.
    saxes.xmlnsOpt = false;
    saxes.pushAttrib = (name, value) => {
      saxes.attribList.push({ name, value });
      callbacks.attribute(name, value);
    };
    saxes.processAttribs = () => undefined;
    saxes.closeTag = () => {
      const { name, tags } = saxes;
      saxes.name = '';
      saxes.state = stateText;
      tags.pop();
      saxes.closedRoot = tags.length === 0;
      callbacks.endElement(name);
    };
    mendSaxes(saxes, callbacks);
    return saxes;
  }
}
