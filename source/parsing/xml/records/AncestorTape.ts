import { type ResolvedName } from '../NamespaceScopes.js';
import { lengthened } from '../scanner/NamespaceScope.js';
import { readRange } from '../scanner/readRange.js';
import { attributeSize, type StartTagReader } from '../scanner/StartTagReader.js';
import { type XmlAttribute } from '../XmlHandler.js';

const noAttributes: readonly XmlAttribute[] = [];

/** The attributes of the open elements outside of records, in case there are records in them. */
export class AncestorTape {
  readonly #names: readonly ResolvedName[];
  #bytes = new Uint8Array(256);
  #fill = 0;
  #tape = new Int32Array(64);
  #tapeFill = 0;
  /** By depth: where on the tape; -1 where there are none. */
  #places = new Int32Array(32);
  /** By depth: those that were read at once, because they refer to entities. */
  readonly #read: (readonly XmlAttribute[] | undefined)[] = [];

  constructor(names: readonly ResolvedName[]) {
    this.#names = names;
  }

  /** @param supplied - whether something was supplied for an entity since that was last forgotten */
  open(depth: number, tag: StartTagReader, window: Uint8Array, supplied: boolean): void {
    if (depth >= this.#places.length) this.#places = lengthened(this.#places, depth + 1);
    const isRead = supplied && tag.count > 0;
    this.#places[depth] = isRead || tag.count === 0 ? -1 : this.#keep(tag, window);
    if (isRead || this.#read.length > depth) this.#read[depth] = isRead ? tag.takeAttributes() : undefined;
  }

  close(depth: number): void {
    const at = this.#places[depth]!;
    if (at === -1) return;
    this.#tapeFill = at;
    this.#fill = this.#tape[at]!;
  }

  attributes(depth: number): readonly XmlAttribute[] {
    const at = this.#places[depth]!;
    if (at === -1) return this.#read[depth] ?? noAttributes;
    const tape = this.#tape;
    return Array.from({ length: tape[at + 1]! }, (_, index) => {
      const place = at + 2 + index * attributeSize;
      const head = tape[place]!;
      const { name, prefix, local, uri } = this.#names[head >> 1]!;
      const kind = (head & 1) === 0 ? 'plain' : 'value';
      const [from, to] = [tape[place + 1]!, tape[place + 2]!];
      return { name, prefix, local, uri, value: readRange(this.#bytes, from, to, kind, undefined) };
    });
  }

  #keep({ count, attributes }: StartTagReader, window: Uint8Array): number {
    const at = this.#tapeFill;
    const end = at + 2 + count * attributeSize;
    if (end > this.#tape.length) this.#tape = lengthened(this.#tape, end);
    const tape = this.#tape;
    tape[at] = this.#fill;
    tape[at + 1] = count;
    for (let index = 0, place = at + 2; place < end; index += attributeSize, place += attributeSize) {
      tape[place] = attributes[index]!;
      tape[place + 1] = this.#fill;
      this.#copy(window, attributes[index + 1]!, attributes[index + 2]!);
      tape[place + 2] = this.#fill;
    }
    this.#tapeFill = end;
    return at;
  }

  #copy(window: Uint8Array, from: number, to: number): void {
    const needed = this.#fill + to - from;
    if (needed > this.#bytes.length) {
      const old = this.#bytes;
      this.#bytes = new Uint8Array(Math.max(old.length * 2, needed));
      this.#bytes.set(old);
    }
    const bytes = this.#bytes;
    let fill = this.#fill;
    for (let index = from; index < to; index += 1) {
      bytes[fill] = window[index]!;
      fill += 1;
    }
    this.#fill = fill;
  }
}
