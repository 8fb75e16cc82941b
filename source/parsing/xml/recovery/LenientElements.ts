import { type TextPosition } from '../../../errors/ParseError.js';
import { type StartTag } from '../describeUnfinished.js';
import { type Dtd } from '../dtd/Dtd.js';
import { type EntityExpansion } from '../EntityExpansion.js';
import { isNCName } from '../names.js';
import { OpenElements } from '../OpenElements.js';
import { type XmlLocator } from '../XmlHandler.js';
import { type XmlLimits } from '../XmlLimits.js';
import { type LenientReferences } from './LenientReferences.js';
import { readLenientTag, type TagReader } from './readLenientTag.js';
import { type XmlRepairKind } from './XmlRepair.js';

/** What {@link LenientElements} works with, and what it calls. */
interface LenientElementsOptions {
  readonly guard: XmlLimits;
  /** Where the current token starts; it moves on. */
  readonly start: XmlLocator;
  readonly expansion: EntityExpansion;
  readonly references: LenientReferences;
  readonly repair: (kind: XmlRepairKind, position: TextPosition, text: string) => void;
  readonly opened: (tag: StartTag) => void;
  readonly closed: (tag: StartTag) => void;
}

/** The elements of one document that are open: a tag that closes others closes them, and one that closes none is passed over. */
export class LenientElements implements TagReader {
  readonly #options: LenientElementsOptions;
  readonly #elements: OpenElements;
  /** How often each name is open. */
  readonly #open = new Map<string, number>();
  /** How many elements are open around the entity being read, which cannot close them. */
  #floor = 0;

  constructor(options: LenientElementsOptions) {
    this.#options = options;
    const { guard, expansion, repair, start } = options;
    this.#elements = new OpenElements(guard, expansion, {
      undeclared: (name) => {
        repair('undeclaredPrefix', start, name);
      },
      duplicate: (name) => {
        repair('duplicateAttribute', start, name);
      },
    });
  }

  /** Outermost first. */
  get tags(): readonly StartTag[] {
    return this.#elements.tags;
  }

  /** The attributes that the DTD declares hold from now on. */
  declare(dtd: Dtd): void {
    this.#elements.dtd = dtd;
  }

  /** Begins a document, or a further one. */
  begin(version: '1.0' | '1.1'): void {
    this.#elements.version = version;
    this.#elements.dtd = undefined;
  }

  /** Reads the text of an entity, and tells whether it holds whole elements. */
  inEntity(read: () => void): boolean {
    const floor = this.#floor;
    const depth = (this.#floor = this.tags.length);
    read();
    this.#floor = floor;
    return this.tags.length === depth;
  }

  /** Reads a start tag, by what is between "<" and ">". */
  startTag(content: string, start: TextPosition): void {
    const { name, attributes, selfClosing } = readLenientTag(content, start, this);
    for (const one of [name, ...attributes.map((attribute) => attribute.name)]) {
      if (!one.split(':').every(isNCName)) this.fail(`"${one.slice(0, 100)}" is not a name`, start);
    }
    const tag = this.#elements.open(name, attributes, selfClosing, this.#options.start);
    this.#open.set(tag.name, (this.#open.get(tag.name) ?? 0) + 1);
    this.#options.opened(tag);
    if (selfClosing) this.#close(name);
  }

  /** Reads an end tag, by what is between "</" and ">". */
  endTag(content: string, start: TextPosition): void {
    const [name = ''] = /^[^\s/]*/.exec(content) ?? [];
    const rest = content.slice(name.length);
    if ((this.#open.get(name) ?? 0) === 0 || !this.#reaches(name)) {
      this.repair('strayEndTag', start, `</${content}>`);
      return;
    }
    if (rest.trim() !== '') this.repair('junk', start, `</${content}>`);
    let innermost = this.tags.at(-1);
    while (innermost !== undefined && innermost.name !== name) {
      this.repair('unclosedElement', start, `<${innermost.name}>`);
      this.#close(innermost.name);
      innermost = this.tags.at(-1);
    }
    this.#close(name);
  }

  value(raw: string, at: (index: number) => TextPosition): string {
    return this.#options.references.value(raw, at, true);
  }

  repair(kind: XmlRepairKind, position: TextPosition, text: string): void {
    this.#options.repair(kind, position, text);
  }

  fail(detail: string, position: TextPosition): never {
    throw this.#options.guard.error(detail, { position });
  }

  /** Whether the innermost element of this name may be closed here. */
  #reaches(name: string): boolean {
    return this.#floor === 0 || this.tags.slice(this.#floor).some((tag) => tag.name === name);
  }

  #close(name: string): void {
    const tag = this.#elements.close(name);
    this.#open.set(name, (this.#open.get(name) ?? 1) - 1);
    this.#options.closed(tag);
  }
}
