import { type Limits } from '../../../options/limits.js';
import { isCut, isFour, isThree } from '../../encoding/utf8.js';
import { type XmlAttribute } from '../XmlHandler.js';
import {
  ampersand,
  carriageReturn,
  illegal,
  lead2,
  lead3,
  lead4,
  lineFeed,
  nameStarts,
  stop,
  tab,
  valueClasses,
} from './byteClasses.js';
import { type ByteWindow } from './ByteWindow.js';
import { NamespaceScope, ResolvedNames } from './NamespaceScope.js';
import { NameTable } from './NameTable.js';
import { type ReferenceReader } from './ReferenceReader.js';
import { readRange } from './readRange.js';
import { handOver, more } from './ScanResult.js';

/** The numbers that an attribute takes in {@link StartTagReader.attributes}. */
export const attributeSize = 3;

/** Reads start tags. What it read last is in its fields; the places there hold until the window takes more bytes. */
export class StartTagReader {
  readonly names: NameTable;
  readonly resolved = new ResolvedNames();
  /** The number of the element's name, and that of its resolved name. */
  name = 0;
  element = 0;
  selfClosing = false;
  /** The scope inside. */
  scope: NamespaceScope;
  /** How many attributes there are. */
  count = 0;
  /** Of each attribute: its resolved name's number × 2, + 1 where its value is not as it stands; where that starts and ends. */
  attributes = new Int32Array(96);
  readonly #window: ByteWindow;
  readonly #references: ReferenceReader;
  readonly #longestText: number;
  /** A tag of more bytes, with what was supplied for entities, is handed over. */
  readonly #longest: number;
  readonly #mostAttributes: number;
  /** Where the attributes end that were read last: they were not read to their end where something else has been given. */
  #ended = 0;
  #declares = false;
  /** By the number of an expanded name: the tag in which it was seen last. */
  readonly #seen: number[] = [];
  #tag = 0;

  constructor(window: ByteWindow, references: ReferenceReader, limits: Limits) {
    this.#window = window;
    this.#references = references;
    this.#longestText = limits.xmlTextCharacters;
    this.#longest = limits.xmlStartTagCharacters;
    this.#mostAttributes = limits.xmlAttributes;
    this.names = new NameTable(limits.xmlNameCharacters);
    this.scope = new NamespaceScope(this.names, this.resolved);
  }

  /**
   * Reads the start tag at the current token. Where {@link ended} is that, it gives the place behind; else the place where it
   * could not go on, or a result.
   *
   * @param previous - what came before, as {@link NameTable.follower} is asked
   * @param scope - the scope around
   */
  read(b: Uint8Array, previous: number, scope: NamespaceScope): number {
    const { names } = this;
    const window = this.#window;
    this.#ended = 0;
    const from = window.token + 1;
    const name = names.read(b, from, window.fill, previous);
    if (name < 0) return name;
    let p = from + names.size[name]!;
    window.surplus += names.surplus[name]!;
    this.name = name;
    this.count = 0;
    this.scope = scope;
    const c = b[p];
    if (c === 0) return p;
    if (c === 0x3e) {
      this.selfClosing = false;
      p += 1;
      this.#ended = p;
    } else {
      p = this.#readAttributes(b, p, name);
      if (p < 0 || this.#ended !== p) return p;
      if (this.count > 0 && !this.#resolveAttributes()) return handOver;
      scope = this.scope;
    }
    let element = (scope.elements[name] ?? 0) - 1;
    if (element === -1) element = scope.element(name);
    this.element = element;
    return element === -1 ? handOver : p;
  }

  /** Where the tag ends that was read last, if it was read to its end. */
  get ended(): number {
    return this.#ended;
  }

  /** The value of an attribute. */
  value(index: number): string {
    const { attributes } = this;
    const at = index * attributeSize;
    const isSpecial = (attributes[at]! & 1) !== 0;
    const { bytes } = this.#window;
    return readRange(
      bytes,
      attributes[at + 1]!,
      attributes[at + 2]!,
      isSpecial ? 'value' : 'plain',
      this.#references.supplied,
    );
  }

  /** The attributes as objects. */
  takeAttributes(): readonly XmlAttribute[] {
    return Array.from({ length: this.count }, (_, index) => {
      const number = this.attributes[index * attributeSize]! >> 1;
      const { name, prefix, local, uri } = this.resolved.list[number]!;
      return { name, prefix, local, uri, value: this.value(index) };
    });
  }

  /** Reads the rest of a start tag, from behind its name. */
  #readAttributes(b: Uint8Array, at: number, element: number): number {
    const { names } = this;
    const window = this.#window;
    const { fill } = window;
    let p = at;
    let count = 0;
    let before = element * 4 + 2;
    this.#references.growth = 0;
    this.#declares = false;
    for (;;) {
      const spaceFrom = p;
      let c = b[p]!;
      if (c === 0x20) c = b[(p += 1)]!;
      if (c === 0) return p;
      if (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
        p = window.skipSpace(p);
        c = b[p]!;
      }
      if (c === 0x2f) c = b[(p += 1)]!;
      if (c === 0x3e) break;
      if (nameStarts[c] !== 1 || p === spaceFrom || count >= this.#mostAttributes || b[p - 1] === 0x2f)
        return p;
      const name = names.read(b, p, fill, before);
      if (name < 0) return name;
      p += names.size[name]!;
      window.surplus += names.surplus[name]!;
      before = name * 4 + 3;
      if (b[p] !== 0x3d) {
        p = window.skipSpace(p);
        if (b[p] !== 0x3d) return p;
      }
      p += 1;
      let quote = b[p]!;
      if (quote !== 0x22 && quote !== 0x27) {
        p = window.skipSpace(p);
        quote = b[p]!;
        if (quote !== 0x22 && quote !== 0x27) return p;
      }
      p += 1;
      const from = p;
      let special = 0;
      for (;;) {
        let k: number;
        while ((k = valueClasses[b[p]!]!) === 0) p += 1;
        if (k === stop) {
          if (b[p] === quote) break;
          p += 1;
        } else {
          if (b[p] === 0) return p;
          if (k === ampersand || k === lineFeed || k === carriageReturn || k === tab) special = 1;
          p = this.#readSpecial(b, p, k);
          if (p < 0) return p;
        }
      }
      if (p - from > this.#longestText) return handOver;
      if (count * attributeSize === this.attributes.length) this.#widen();
      const { attributes } = this;
      attributes[count * attributeSize] = name * 2 + special;
      attributes[count * attributeSize + 1] = from;
      attributes[count * attributeSize + 2] = p;
      count += 1;
      if (names.declares[name] === 1) this.#declares = true;
      p += 1;
    }
    if (p - at + this.#references.growth > this.#longest) return handOver;
    this.selfClosing = b[p - 1] === 0x2f;
    this.count = count;
    this.#ended = p + 1;
    return p + 1;
  }

  /** The place behind what is rarer in a value, or a result. */
  #readSpecial(b: Uint8Array, p: number, k: number): number {
    const window = this.#window;
    if (k === lead2 && (b[p + 1]! & 0xc0) === 0x80) {
      window.surplus += 1;
      return p + 2;
    }
    if (k === lead3 && isThree(b, p)) {
      window.surplus += 2;
      return p + 3;
    }
    if (k === ampersand) return this.#references.read(b, p);
    if (k === tab) return p + 1;
    if (k === lineFeed || k === carriageReturn) {
      if (k === carriageReturn && p + 1 === window.fill) return more;
      const after = k === carriageReturn && b[p + 1] === 0x0a ? p + 2 : p + 1;
      window.newLine(after);
      return after;
    }
    if (k === lead4 && isFour(b, p)) {
      window.surplus += 2;
      return p + 4;
    }
    return k !== illegal && isCut(b, p, window.fill) ? more : handOver;
  }

  /** Puts resolved names in the place of the attributes' names; `false` where one cannot be resolved or comes again. */
  #resolveAttributes(): boolean {
    if (this.#declares && !this.#declare()) return false;
    const { attributes, scope } = this;
    const seen = this.#seen;
    const { expanded } = this.resolved;
    const tag = (this.#tag += 1);
    const end = this.count * attributeSize;
    for (let index = 0; index < end; index += attributeSize) {
      const head = attributes[index]!;
      const name = head >> 1;
      let number = (scope.attributes[name] ?? 0) - 1;
      if (number === -1) {
        number = scope.attribute(name);
        if (number === -1) return false;
      }
      const unique = expanded[number]!;
      while (seen.length <= unique) seen.push(0);
      if (seen[unique] === tag) return false;
      seen[unique] = tag;
      attributes[index] = number * 2 + (head & 1);
    }
    return true;
  }

  /** Goes on in the scope of the tag's declarations; `false` where one is not allowed. */
  #declare(): boolean {
    const declarations: string[] = [];
    for (let index = 0; index < this.count; index += 1) {
      const name = this.attributes[index * attributeSize]! >> 1;
      if (this.names.declares[name] === 1) declarations.push(this.names.names[name]!, this.value(index));
    }
    const inner = this.scope.declare(declarations);
    if (inner === undefined) return false;
    this.scope = inner;
    return true;
  }

  #widen(): void {
    const old = this.attributes;
    this.attributes = new Int32Array(old.length * 2);
    this.attributes.set(old);
  }
}
