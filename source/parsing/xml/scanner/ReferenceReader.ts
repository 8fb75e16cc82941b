import { nameBytes, nameStarts } from './byteClasses.js';
import { type ByteWindow, unbounded } from './ByteWindow.js';
import { handOver, more } from './ScanResult.js';

/** Where texts for entities come from that are not predefined. */
export interface SuppliedEntities {
  /** Characters that entities have put into the document so far. */
  spent: number;
  /** What stands for an entity, told how far the document was read; throws where there is nothing, or it is too much. */
  supply(name: string, offset: number): string;
}

/** A longer reference is left to somebody else. */
const longest = 100;

/** Reads references, and keeps what was supplied for those that need it. */
export class ReferenceReader {
  /** What was supplied for entities, by name, since it was last forgotten. */
  supplied: Map<string, string> | undefined;
  /** How many characters were supplied since it was last set to 0. */
  growth = 0;
  readonly #window: ByteWindow;
  readonly #entities: SuppliedEntities;
  /** The token, by its place in the document, for which something was supplied last, and what had been spent before. */
  #spentAt = -1;
  #spentBefore = 0;

  constructor(window: ByteWindow, entities: SuppliedEntities) {
    this.#window = window;
    this.#entities = entities;
  }

  /** The place behind the reference that starts at `at`, or a result. */
  read(b: Uint8Array, at: number): number {
    const p = at + 1;
    const first = b[p]!;
    // &amp; &lt; &gt;
    if (first === 0x61 && b[p + 1] === 0x6d && b[p + 2] === 0x70 && b[p + 3] === 0x3b) return p + 4;
    if ((first === 0x6c || first === 0x67) && b[p + 1] === 0x74 && b[p + 2] === 0x3b) return p + 3;
    return first === 0x23 ? this.#character(b, p + 1) : this.#entity(b, p);
  }

  /** Characters that entities have put into the document so far. */
  get spent(): number {
    return this.#entities.spent;
  }

  /** Takes back what was spent for the current token: it is going to be read again. */
  unspend(): void {
    if (this.#spentAt !== this.#window.byteOffset) return;
    this.#spentAt = -1;
    this.#entities.spent = this.#spentBefore;
  }

  /** A character reference, behind its "&#". */
  #character(b: Uint8Array, at: number): number {
    const isHexadecimal = b[at] === 0x78;
    const from = isHexadecimal ? at + 1 : at;
    const radix = isHexadecimal ? 16 : 10;
    let p = from;
    let code = 0;
    for (; p - from < longest; p += 1) {
      const digit = digitOf(b[p]!);
      if (digit >= radix) break;
      if (code <= 0x10ffff) code = code * radix + digit;
    }
    if (p >= this.#window.fill) return more;
    return b[p] === 0x3b && p > from && isAllowed(code) ? p + 1 : handOver;
  }

  /** A reference to an entity, behind its "&". */
  #entity(b: Uint8Array, from: number): number {
    let p = from;
    while (nameBytes[b[p]!] === 1 && p - from <= longest) p += 1;
    if (p >= this.#window.fill) return more;
    const name = b[p] === 0x3b ? asciiName(b, from, p) : undefined;
    if (name === undefined) return handOver;
    if (name === 'quot' || name === 'apos') return p + 1;
    return this.#supply(name, from - 1) ? p + 1 : handOver;
  }

  /** Whether there is a text for this entity; what is wrong where there is none, who goes on will say. */
  #supply(name: string, at: number): boolean {
    const window = this.#window;
    const place = window.byteOffset;
    if (this.#spentAt !== place) {
      this.#spentAt = place;
      this.#spentBefore = this.#entities.spent;
    }
    let text: string;
    try {
      text = this.#entities.supply(name, window.unitsBefore + at - window.surplus);
    } catch {
      return false;
    }
    const supplied = (this.supplied ??= new Map<string, string>());
    // A function that gives another text each time is asked anew by who goes on.
    if ((supplied.get(name) ?? text) !== text) return false;
    supplied.set(name, text);
    this.growth += text.length;
    if (window.endBefore !== unbounded) window.endBefore -= text.length;
    return true;
  }
}

function digitOf(byte: number): number {
  if (byte <= 0x39) return byte >= 0x30 ? byte - 0x30 : 16;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 16;
}

/**
 * Whether a document may hold this character.
 *
 * @see https://www.w3.org/TR/xml/#NT-Char
 */
function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/** A name of ASCII without a colon; `undefined` where it is another, or none. */
export function asciiName(b: Uint8Array, from: number, to: number): string | undefined {
  if (to - from > longest || nameStarts[b[from]!] !== 1) return undefined;
  let name = '';
  for (let index = from; index < to; index += 1) {
    const c = b[index]!;
    if (c >= 0x80 || c === 0x3a) return undefined;
    name += String.fromCharCode(c);
  }
  return name;
}
