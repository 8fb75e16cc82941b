import { type Limits } from '../../../options/limits.js';
import { isCut, isFour, isThree, skipPlain } from '../../encoding/utf8.js';
import { type ResolvedName } from '../NamespaceScopes.js';
import {
  ampersand,
  carriageReturn,
  greater,
  lead2,
  lead3,
  lead4,
  lineFeed,
  nameStarts,
  stop,
  textClasses,
} from './byteClasses.js';
import { ByteWindow } from './ByteWindow.js';
import { CutTag } from './CutTag.js';
import { MarkupReader } from './MarkupReader.js';
import { type NamespaceScope } from './NamespaceScope.js';
import { ReferenceReader, type SuppliedEntities } from './ReferenceReader.js';
import { handOver, more, rootEnded, type ScanResult } from './ScanResult.js';
import { StartTagReader } from './StartTagReader.js';
import { type TagSink } from './TagSink.js';

/** So many bytes are looked at one by one, and then four at a time. */
const nearBytes = 12;
// A "<", four times, and what leaves out by which "<" and ">" differ.
const lessOrGreater = 0x3c3c3c3c;
const exceptBit1 = 0xfdfdfdfd | 0;
const ampersands = 0x26262626;
/** A longer start tag is handed over. */
const longestTag = 4_194_304;

/**
 * Scans the UTF-8 bytes of a document from its root's start tag to its end, and checks that they are well-formed, names included,
 * by the rules of XML 1.0 without a document type declaration. What is not, and what is unusual, it hands over at the start of
 * the token, which is in its window whole: it is no error until somebody else says so.
 *
 * Here and in what it reads with, what happens seldom only returns. Optimised code is thrown away where it comes upon an operation
 * that it has not seen yet; measured, that costs more than the scanning of a chunk.
 *
 * @see https://www.w3.org/TR/xml/ and https://www.w3.org/TR/xml-names/
 */
export class Scanner {
  readonly window = new ByteWindow();
  readonly references: ReferenceReader;
  readonly tags: StartTagReader;
  depth = 0;
  /** Of the open elements: the numbers of their names, and where their start tags start. */
  openName = new Int32Array(32);
  openLine = new Int32Array(32);
  openColumn = new Float64Array(32);
  /** The scopes around them. */
  readonly #openScope: NamespaceScope[] = [];
  #scope: NamespaceScope;
  readonly #sink: TagSink;
  readonly #markup: MarkupReader;
  readonly #cutTag = new CutTag();
  readonly #longestText: number;
  readonly #deepest: number;
  /** Whether the text that is being read is not as it stands. */
  #special = false;
  /** What came last, as `follower` of the names is asked. */
  #previous = 0;

  constructor(sink: TagSink, limits: Limits, entities: SuppliedEntities) {
    this.#sink = sink;
    this.#longestText = limits.xmlTextCharacters;
    this.#deepest = limits.xmlDepth;
    this.references = new ReferenceReader(this.window, entities);
    this.tags = new StartTagReader(this.window, this.references, limits);
    this.#markup = new MarkupReader(this.window, limits);
    this.#scope = this.tags.scope;
  }

  /** Scans bytes. Unless more of them are needed, this was the last call. */
  write(bytes: Uint8Array, ended: boolean): ScanResult {
    const { window } = this;
    const { keptFrom, keptSurplus } = this.#sink;
    const keep = keptFrom === -1 ? window.token : keptFrom;
    const gone = window.take(bytes, keep, keptFrom === -1 ? window.tokenSurplus : keptSurplus);
    if (gone > 0) this.#sink.moved(gone);
    if (ended || !this.#cutTag.isFutile(window)) {
      this.#cutTag.reset();
      const result = this.#scan();
      if (result >= 0 ? !this.#isCutAt(result) : result !== more)
        return result < 0 ? (result as ScanResult) : handOver;
      this.#wait();
    }
    const { token, at, fill, endBefore } = window;
    const isTooLong = at - token > this.#longestText || fill > endBefore || this.#cutTag.size > longestTag;
    return isTooLong ? handOver : more;
  }

  /** The name of an open element. */
  elementAt(depth: number): ResolvedName {
    const { tags, openName } = this;
    const scope = depth + 1 < this.depth ? this.#openScope[depth + 1]! : this.#scope;
    // It was resolved when it was opened.
    return tags.resolved.list[scope.element(openName[depth]!)]!;
  }

  /** Gives the place where it cannot go on, or a result. */
  #scan(): number {
    const { window } = this;
    const markup = this.#markup;
    const b = window.bytes;
    for (;;) {
      if (markup.open === undefined) {
        const k = this.#text(b);
        if (k !== stop) {
          const after = this.#textSpecial(b, k);
          if (after < 0) return after;
          continue;
        }
        if (!this.#endText()) return handOver;
        const c = b[window.token + 1]!;
        const p =
          c === 0x2f ? this.#endTag(b) : nameStarts[c] === 1 ? this.#startTag(b) : this.#beginMarkup(b, c);
        if (p !== window.at) return p;
        if (this.depth === 0) return rootEnded;
      }
      if (markup.open !== undefined) {
        const end = markup.read(b, markup.open);
        if (end < 0) return end;
        this.#endMarkup(end);
      }
    }
  }

  /** Whether a token that was read up to `at` may be well-formed once there is more. */
  #isCutAt(at: number): boolean {
    const { bytes, fill } = this.window;
    const c = bytes[at];
    // The line feed behind a carriage return, the ">" behind a "?", the name of a section.
    return at + (c === 0x0d || c === 0x3f ? 1 : c === 0x21 ? 7 : 0) >= fill;
  }

  /** Nothing can be said of the current token yet: text and markup are read on, a tag is read anew from its start. */
  #wait(): void {
    const { window } = this;
    const { bytes, token } = window;
    if (this.#markup.open !== undefined || bytes[token] !== 0x3c) return;
    const c = bytes[token + 1];
    // Of a comment, a section or an instruction it is the start alone.
    if (c !== 0x21 && c !== 0x3f) this.#cutTag.cut(window);
    this.references.unspend();
    window.rewind();
  }

  /** Reads text, and gives the class of the byte where it stopped. */
  #text(b: Uint8Array): number {
    const { window } = this;
    const { token, view } = window;
    let i = window.at;
    let { line, lineStart, surplus } = window;
    const classes = textClasses;
    let k: number;
    for (;;) {
      const near = i + nearBytes;
      while ((k = classes[b[i]!]!) === 0) {
        i += 1;
        if (i === near) i = skipPlain(view, i, lessOrGreater, exceptBit1, ampersands);
      }
      if (k === stop) break;
      if (k === lineFeed) {
        i += 1;
        line += 1;
        lineStart = i - surplus;
      } else if (k === lead2 && (b[i + 1]! & 0xc0) === 0x80) {
        i += 2;
        surplus += 1;
      } else if (k === lead3 && isThree(b, i)) {
        i += 3;
        surplus += 2;
      } else if (k === greater && (i - 2 < token || b[i - 1] !== 0x5d || b[i - 2] !== 0x5d)) {
        i += 1;
      } else {
        break;
      }
    }
    window.at = i;
    window.line = line;
    window.lineStart = lineStart;
    window.surplus = surplus;
    return k;
  }

  /** Ends the text at a "<"; `false` where it is too long. */
  #endText(): boolean {
    const { window } = this;
    const { at, token } = window;
    if (at > token) {
      if (at - token > this.#longestText || at > window.endBefore) return false;
      if (this.#special) {
        this.#special = false;
        this.#sink.specialText();
      }
      window.next(at);
    }
    return true;
  }

  /** The place behind something rarer in text, or a result. */
  #textSpecial(b: Uint8Array, k: number): number {
    const { window } = this;
    const { at, fill } = window;
    let after: number = handOver;
    if (k === ampersand) {
      after = this.references.read(b, at);
      this.#special = true;
    } else if (k === carriageReturn) {
      if (at + 1 === fill) return more;
      this.#special = true;
      after = b[at + 1] === 0x0a ? at + 2 : at + 1;
      window.newLine(after);
    } else if (k === lead4 && isFour(b, at)) {
      after = at + 4;
      window.surplus += 2;
    } else if (at === fill || (k !== greater && isCut(b, at, fill))) {
      return more;
    }
    if (after > 0) window.at = after;
    return after;
  }

  #endTag(b: Uint8Array): number {
    const { window, tags } = this;
    const { names } = tags;
    const { pool } = names;
    const from = window.token;
    const name = this.openName[this.depth - 1]!;
    let q = names.from[name]!;
    const end = q + names.size[name]!;
    let p = from + 2;
    while (q < end && b[p] === pool[q]) {
      p += 1;
      q += 1;
    }
    if (q < end) return p;
    window.surplus += names.surplus[name]!;
    if (b[p] !== 0x3e) {
      p = window.skipSpace(p);
      if (b[p] !== 0x3e) return p;
    }
    p += 1;
    const depth = (this.depth -= 1);
    this.#scope = this.#openScope[depth]!;
    this.#previous = name * 4 + 1;
    this.#sink.endTag(from, p);
    window.next(p);
    return p;
  }

  #startTag(b: Uint8Array): number {
    const { window, tags, depth } = this;
    const p = tags.read(b, this.#previous, this.#scope);
    if (p < 0 || tags.ended !== p) return p;
    if (depth >= this.#deepest) return handOver;
    const from = window.token;
    const { name } = tags;
    if (depth === this.openName.length) this.#deepen();
    this.#openScope[depth] = this.#scope;
    this.openName[depth] = name;
    this.openLine[depth] = window.tokenLine;
    this.openColumn[depth] = window.column;
    if (!this.#sink.startTag(tags, from, p)) return handOver;
    if (tags.selfClosing) {
      this.#previous = name * 4 + 1;
    } else {
      this.#scope = tags.scope;
      this.depth = depth + 1;
      this.#previous = name * 4;
    }
    window.next(p);
    return p;
  }

  #beginMarkup(b: Uint8Array, c: number): number {
    return this.depth === 0 && c !== 0 ? handOver : this.#markup.begin(b, c);
  }

  /** Ends what was read up to `end`, unless it goes on there. */
  #endMarkup(end: number): void {
    if (this.#markup.open !== undefined) return;
    this.#sink.specialText();
    this.window.next(end);
  }

  #deepen(): void {
    const { openName, openLine, openColumn } = this;
    const size = openName.length * 2;
    this.openName = new Int32Array(size);
    this.openName.set(openName);
    this.openLine = new Int32Array(size);
    this.openLine.set(openLine);
    this.openColumn = new Float64Array(size);
    this.openColumn.set(openColumn);
  }
}
