import { type Limits } from '../../../options/limits.js';
import { isCut, isFour, isThree, skipPlain } from '../../encoding/utf8.js';
import {
  carriageReturn,
  cdataClasses,
  commentClasses,
  instructionClasses,
  lead2,
  lead3,
  lead4,
  lineFeed,
  nameBytes,
  stop,
} from './byteClasses.js';
import { type ByteWindow } from './ByteWindow.js';
import { asciiName } from './ReferenceReader.js';
import { handOver, more } from './ScanResult.js';

/** So many bytes are looked at one by one, and then four at a time. */
const nearBytes = 12;
// What the ends start with, four times.
const brackets = 0x5d5d5d5d;
const hyphens = 0x2d2d2d2d;
const questions = 0x3f3f3f3f;

/** Reads comments, CDATA sections and processing instructions. */
export class MarkupReader {
  /** Told by what may be in it, what is being read; `undefined` where it is none of them. */
  open: Uint8Array | undefined;
  readonly #window: ByteWindow;
  readonly #longestName: number;
  readonly #longestText: number;

  constructor(window: ByteWindow, limits: Limits) {
    this.#window = window;
    this.#longestName = limits.xmlNameCharacters;
    this.#longestText = limits.xmlTextCharacters;
  }

  /** Begins one at the current token, whose second byte is `c`; gives the place behind, where it could not go on, or a result. */
  begin(b: Uint8Array, c: number): number {
    const window = this.#window;
    const { token } = window;
    if (c === 0x3f) return this.#beginInstruction(b, token + 2);
    if (c !== 0x21) return token + 1;
    if (b[token + 2] === 0x2d && b[token + 3] === 0x2d) {
      this.open = commentClasses;
      return (window.at = token + 4);
    }
    if (!isSectionStart(b, token + 2)) return token + 1;
    this.open = cdataClasses;
    return (window.at = token + 9);
  }

  #beginInstruction(b: Uint8Array, from: number): number {
    let p = from;
    while (nameBytes[b[p]!] === 1) p += 1;
    if (b[p] === 0) return p;
    const target = asciiName(b, from, p);
    if (target === undefined || target.length > this.#longestName || target.toLowerCase() === 'xml')
      return handOver;
    const c = b[p]!;
    if (c === 0x3f ? b[p + 1] !== 0x3e : c !== 0x20 && c !== 0x09 && c !== 0x0a && c !== 0x0d) return p;
    this.open = instructionClasses;
    return (this.#window.at = p);
  }

  /** Reads on in what is open, and gives the place behind, the place where it stopped in the middle, or a result. */
  read(b: Uint8Array, classes: Uint8Array): number {
    const window = this.#window;
    let i = window.at;
    let { line, lineStart, surplus } = window;
    const { view } = window;
    const ending = classes === cdataClasses ? brackets : classes === commentClasses ? hyphens : questions;
    let k: number;
    for (;;) {
      const near = i + nearBytes;
      while ((k = classes[b[i]!]!) === 0) {
        i += 1;
        if (i === near) i = skipPlain(view, i, ending, -1, ending);
      }
      if (k === stop) {
        const c = b[i + 1];
        if (c === b[i]) {
          if (b[i + 2] === 0x3e || b[i + 2] === 0 || classes !== cdataClasses) break;
        } else if (c === 0 || (c === 0x3e && classes === instructionClasses)) {
          break;
        }
        i += 1;
      } else if (k === lineFeed) {
        i += 1;
        line += 1;
        lineStart = i - surplus;
      } else if (k === lead2 && (b[i + 1]! & 0xc0) === 0x80) {
        i += 2;
        surplus += 1;
      } else if (k === lead3 && isThree(b, i)) {
        i += 3;
        surplus += 2;
      } else {
        break;
      }
    }
    window.at = i;
    window.line = line;
    window.lineStart = lineStart;
    window.surplus = surplus;
    return k === stop ? this.#end(b, classes) : this.#special(b, k);
  }

  /** At what may be the end. */
  #end(b: Uint8Array, classes: Uint8Array): number {
    const window = this.#window;
    const { at } = window;
    let end = at + 3;
    if (classes === instructionClasses) {
      // "??" has stopped it too.
      if (b[at + 1] === 0x3f) return (window.at = at + 1);
      end = at + 2;
      if (b[at + 1] !== 0x3e) return more;
    } else if (b[at + 1] !== b[at] || b[at + 2] !== 0x3e) {
      return at + 2 >= window.fill ? more : handOver;
    }
    if (end - window.token > this.#longestText || end > window.endBefore) return handOver;
    this.open = undefined;
    return end;
  }

  #special(b: Uint8Array, k: number): number {
    const window = this.#window;
    const { at, fill } = window;
    if (k === carriageReturn) {
      if (at + 1 === fill) return more;
      window.at = b[at + 1] === 0x0a ? at + 2 : at + 1;
      window.newLine(window.at);
      return window.at;
    }
    if (k === lead4 && isFour(b, at)) {
      window.surplus += 2;
      return (window.at = at + 4);
    }
    return at === fill || isCut(b, at, fill) ? more : handOver;
  }
}

/** Whether it is "[CDATA[" that starts at `at`. */
function isSectionStart(b: Uint8Array, at: number): boolean {
  return (
    b[at] === 0x5b &&
    b[at + 1] === 0x43 &&
    b[at + 2] === 0x44 &&
    b[at + 3] === 0x41 &&
    b[at + 4] === 0x54 &&
    b[at + 5] === 0x41 &&
    b[at + 6] === 0x5b
  );
}
