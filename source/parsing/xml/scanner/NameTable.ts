import { isNCName } from '../names.js';
import { nameBytes } from './byteClasses.js';
import { handOver, more } from './ScanResult.js';

/** A document with more names, or longer ones in all, is read another way: what is remembered must not grow with it. */
const mostNames = 16_384;
const mostBytes = 1_048_576;

let strict: TextDecoder | undefined;

/** The names of one document, each once, known by a number. */
export class NameTable {
  /** The bytes of all names, one behind the other. */
  pool: Uint8Array = new Uint8Array(1024);
  /** By number: where in the pool, how many bytes, and how many more of them than UTF-16 code units. */
  from: Int32Array = new Int32Array(64);
  size: Int32Array = new Int32Array(64);
  surplus: Int32Array = new Int32Array(64);
  /** By number: 1 where it declares a namespace. */
  declares: Uint8Array = new Uint8Array(64);
  /**
   * The name that came last time behind this, -1 at first: by 4 × number, that behind the element's start tag, behind its end
   * tag, of the first attribute of such an element, of the attribute behind such an attribute.
   */
  follower: Int32Array = new Int32Array(256).fill(-1);
  /** By number: the name. */
  readonly names: string[] = [];
  readonly #longest: number;
  #poolFill = 0;
  /** A hash table of numbers + 1. */
  #slots = new Int32Array(256);
  #hashes = new Int32Array(64);

  /** @param longest - UTF-16 code units that a name may have */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /**
   * The number of the name that starts at `from`, or a result. Most likely it is the one that came behind `before` last time, as
   * {@link follower} has it. The bytes end at `fill`, with a zero.
   */
  read(b: Uint8Array, from: number, fill: number, before: number): number {
    const likely = this.follower[before]!;
    if (likely !== -1) {
      const { pool } = this;
      let p = from;
      let q = this.from[likely]!;
      const end = q + this.size[likely]!;
      while (q < end && b[p] === pool[q]) {
        p += 1;
        q += 1;
      }
      if (q === end && nameBytes[b[p]!] === 0 && b[p] !== 0) return likely;
    }
    return this.#readOther(b, from, fill, before);
  }

  #readOther(b: Uint8Array, from: number, fill: number, before: number): number {
    let p = from;
    let hash = 0;
    do {
      hash = (Math.imul(hash, 31) + b[p]!) | 0;
      p += 1;
    } while (nameBytes[b[p]!] === 1);
    if (b[p] === 0) return p >= fill ? more : handOver;
    const name = this.#intern(b, from, p, hash);
    if (name < 0) return handOver;
    this.follower[before] = name;
    return name;
  }

  /** The number of a name, told by its bytes and their hash; -1 where it is none, or one too many. */
  #intern(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    const length = to - from;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1;
      if (number === -1) break;
      if (this.#hashes[number] !== hash || this.size[number] !== length) continue;
      let at = this.from[number]!;
      let index = from;
      while (index < to && bytes[index] === this.pool[at]) {
        index += 1;
        at += 1;
      }
      if (index === to) return number;
    }
    return this.#add(bytes.subarray(from, to), hash);
  }

  #add(bytes: Uint8Array, hash: number): number {
    const number = this.names.length;
    const { length } = bytes;
    if (number >= mostNames || this.#poolFill + length > mostBytes) return -1;
    const name = decodeName(bytes);
    if (name === undefined || name.length > this.#longest) return -1;
    this.names.push(name);
    if (number === this.from.length) this.#grow();
    while (this.#poolFill + length > this.pool.length)
      this.pool = grown(this.pool, new Uint8Array(this.pool.length * 2));
    this.pool.set(bytes, this.#poolFill);
    this.from[number] = this.#poolFill;
    this.size[number] = length;
    this.surplus[number] = length - name.length;
    this.declares[number] = name === 'xmlns' || name.startsWith('xmlns:') ? 1 : 0;
    this.#hashes[number] = hash;
    this.#poolFill += length;
    this.#place(number, hash);
    return number;
  }

  #place(number: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }

  #grow(): void {
    const size = this.from.length * 2;
    this.from = grown(this.from, new Int32Array(size));
    this.size = grown(this.size, new Int32Array(size));
    this.surplus = grown(this.surplus, new Int32Array(size));
    this.declares = grown(this.declares, new Uint8Array(size));
    this.#hashes = grown(this.#hashes, new Int32Array(size));
    this.follower = grown(this.follower, new Int32Array(size * 4).fill(-1));
    this.#slots = new Int32Array(size * 4);
    for (let number = 0; number < size / 2; number += 1) this.#place(number, this.#hashes[number]!);
  }
}

/** The name that these bytes are, with one prefix at most; `undefined` where they are none. */
function decodeName(bytes: Uint8Array): string | undefined {
  strict ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let name: string;
  try {
    name = strict.decode(bytes);
  } catch {
    return undefined;
  }
  const parts = name.split(':', 3);
  return parts.length <= 2 && parts.every(isNCName) ? name : undefined;
}

function grown<List extends Uint8Array | Int32Array>(old: List, list: List): List {
  list.set(old);
  return list;
}
