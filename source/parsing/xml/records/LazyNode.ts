import { type TextPosition } from '../../../errors/ParseError.js';
import { type XmlObject } from '../XmlObject.js';
import { type ResolvedName } from '../NamespaceScopes.js';
import { type NodeContent, nowhere, type RecordContext, RecordNode } from '../RecordNode.js';
import { attributeSize } from '../scanner/StartTagReader.js';
import { type Compound, matchesCompound } from '../selectors/Compound.js';
import { type XmlAttribute, type XmlStartTag } from '../XmlHandler.js';
import { type LazyRecord } from './LazyRecord.js';
import { objectAt } from './objectAt.js';
import { contentAt, contentEndAt, elementSize, endAt, startAt } from './tape.js';

/** A start tag whose attributes are made when they are first read. */
class LazyTag implements XmlStartTag {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
  readonly selfClosing: boolean;
  readonly #record: LazyRecord;
  readonly #at: number;
  #attributes: readonly XmlAttribute[] | undefined;

  constructor(record: LazyRecord, at: number) {
    const { tape } = record.batch;
    const { name, prefix, local, uri } = record.nameAt(at);
    this.name = name;
    this.prefix = prefix;
    this.local = local;
    this.uri = uri;
    this.selfClosing = tape[record.tapeBase + at + contentAt] === tape[record.tapeBase + at + endAt];
    this.#record = record;
    this.#at = at;
  }

  get attributes(): readonly XmlAttribute[] {
    return (this.#attributes ??= this.#record.attributesAt(this.#at));
  }
}

/** An element of a record that is held as the bytes that it was written in. What is asked for is read from them. */
export class LazyNode extends RecordNode {
  readonly #record: LazyRecord;
  readonly #at: number;
  #tag: LazyTag | undefined = undefined;
  /** `null` where it was not read yet. */
  #content: NodeContent | null = null;
  /** The children that were made, by their place, once somebody has asked for one of them. */
  #known: Map<number, LazyNode> | undefined = undefined;

  constructor(record: LazyRecord, at: number, owner: RecordNode | RecordContext) {
    super(owner);
    this.#record = record;
    this.#at = at;
  }

  get tag(): XmlStartTag {
    return (this.#tag ??= new LazyTag(this.#record, this.#at));
  }

  get content(): NodeContent {
    if (this.#content === null) {
      const content = this.#read(this.#record.next(this.#at), this.#place(contentEndAt));
      this.#content = content.length > 1 || typeof content[0] === 'object' ? content : content[0];
    }
    return this.#content;
  }

  position(): TextPosition {
    return this.#record.positionAt(this.#at);
  }

  /** The record, where this is all of it. */
  get whole(): LazyRecord | undefined {
    return this.#at === 0 && this.#record.records > 0 ? this.#record : undefined;
  }

  /** Texts are made for who asks, and of nothing else. */
  own(text: string): string {
    return text;
  }

  override text(): string {
    return this.#record.textAt(this.#at);
  }

  override childText(compounds: readonly Compound[]): string | undefined {
    const at = this.#find(compounds, this.#record.firstChild(this.#at));
    return at === -1 ? undefined : this.#record.textAt(at);
  }

  override children(compounds: readonly Compound[], most: number): RecordNode[] {
    const record = this.#record;
    const found: RecordNode[] = [];
    for (
      let at = record.firstChild(this.#at);
      (at = this.#find(compounds, at)) !== -1;
      at = record.next(at)
    ) {
      if (found.push(this.child(at)) === most) break;
    }
    return found;
  }

  override attribute(local: string, uri: string): string | undefined {
    const record = this.#record;
    const end = record.firstChild(this.#at);
    for (let at = this.#at + elementSize; at < end; at += attributeSize) {
      const name = record.nameAt(at);
      if (name.local === local && name.uri === uri) return record.valueAt(at);
    }
    return undefined;
  }

  override toObject(
    always: ReadonlySet<string>,
    nameOf: (name: ResolvedName) => string,
  ): XmlObject | undefined {
    return objectAt(this.#record, this.#at, { always, nameOf });
  }

  /** The child at this place of the tape. */
  child(at: number): LazyNode {
    const known = (this.#known ??= this.#index());
    let child = known.get(at);
    if (child === undefined) known.set(at, (child = new LazyNode(this.#record, at, this)));
    return child;
  }

  #index(): Map<number, LazyNode> {
    const known = new Map<number, LazyNode>();
    if (this.#content === null || typeof this.#content !== 'object') return known;
    for (const child of this.#content) if (child instanceof LazyNode) known.set(child.#at, child);
    return known;
  }

  /** What it holds so far, while it is open: before the child at `end` of the tape, and its bytes before `to`. */
  contentBefore(end: number, to: number): readonly (RecordNode | string)[] {
    return this.#read(end, to);
  }

  /** The place of the first child, from this place of the tape on, that one of the compounds matches; -1 where none does. */
  #find(compounds: readonly Compound[], from: number): number {
    const record = this.#record;
    const end = record.next(this.#at);
    for (let at = from; at < end; at = record.next(at)) {
      const { local, uri } = record.nameAt(at);
      for (const compound of compounds) {
        if (compound.local !== undefined && compound.local !== local) continue;
        if (compound.uri !== undefined && compound.uri !== uri) continue;
        if (compound.tests.length === 0 || matchesCompound(compound, this.child(at).tag, nowhere)) return at;
      }
    }
    return -1;
  }

  #read(end: number, contentEnd: number): (RecordNode | string)[] {
    const record = this.#record;
    const { tape } = record.batch;
    const { tapeBase } = record;
    const content: (RecordNode | string)[] = [];
    const addText = (from: number, to: number): void => {
      const text = to > from ? record.textBetween(this.#at, from, to) : '';
      if (text !== '') content.push(text);
    };
    let from = this.#place(contentAt);
    for (let at = record.firstChild(this.#at); at < end; at = record.next(at)) {
      addText(from, tape[tapeBase + at + startAt]!);
      content.push(this.#known === undefined ? new LazyNode(record, at, this) : this.child(at));
      from = tape[tapeBase + at + endAt]!;
    }
    addText(from, contentEnd);
    return content;
  }

  #place(which: number): number {
    const { batch, tapeBase } = this.#record;
    return batch.tape[tapeBase + this.#at + which]!;
  }
}
