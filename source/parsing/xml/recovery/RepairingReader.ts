import { isLimitError } from '../../../errors/guards.js';
import { type TextPosition } from '../../../errors/ParseError.js';
import { type XmlError } from '../../../errors/XmlError.js';
import { describeUnfinished } from '../describeUnfinished.js';
import { DtdScanner } from '../dtd/DtdScanner.js';
import { placeInDoctype, readDoctype } from '../dtd/readDoctype.js';
import { EntityExpansion } from '../EntityExpansion.js';
import { isNCName } from '../names.js';
import { type NamespaceMercy, type RawAttribute } from '../NamespaceScopes.js';
import { OpenElements } from '../OpenElements.js';
import { characterOf, entityLookup, predefinedEntities } from '../references.js';
import { XmlFault } from '../XmlFault.js';
import { type XmlHandler } from '../XmlHandler.js';
import { type TroubleOptions, XmlLimits, type XmlReaderOptions } from '../XmlLimits.js';
import { xmlPlatform } from '../xmlPlatform.js';
import { LenientTokenizer, type MarkupKind, surrogateOf, type TokenSink } from './LenientTokenizer.js';
import { readDeclaration } from './readDeclaration.js';
import { readLenientTag, type TagReader } from './readLenientTag.js';
import { TextPlaces } from './TextPlaces.js';
import { repairOf, type XmlRepair, type XmlRepairKind } from './XmlRepair.js';

/** Code units read at once, and the least that is handed on of a text node before its end; as for `XmlReader`. */
const sliceUnits = 65_536;
/** What a value must be looked at for. */
const valueSpecials = /&([^\s&;<"']*;)?|<|\r\n|[\u0000-\u001F\uFFFE\uFFFF]/g;

/** What a {@link RepairingReader} can be told. */
export interface RepairingReaderOptions extends XmlReaderOptions {
  readonly onRepair: (repair: XmlRepair) => void;
}

/**
 * Reads XML text as `XmlReader` does, and reads on through what real feeds get wrong; it reports each repair. What it calls does not
 * depend on where the text is cut, and where nothing is wrong it is what `XmlReader` calls. It throws an `XmlError` where the text is
 * cut short or over a limit, or malformed in a way that leaves no good reading.
 */
export class RepairingReader implements TokenSink, TagReader {
  #handler: XmlHandler;
  readonly #options: RepairingReaderOptions;
  readonly #guard: XmlLimits;
  readonly #elements: OpenElements;
  readonly #expansion: EntityExpansion;
  readonly #lookup: (name: string) => string | undefined;
  /** What the document is read by. */
  readonly #document: LenientTokenizer;
  readonly #start: { line: number; column: number; offset: number } = { line: 1, column: 1, offset: 0 };
  /** How often each name is open. */
  readonly #open = new Map<string, number>();
  /** The elements that are open around the entity being read; it cannot close them. */
  #floor = 0;
  #written = 0;
  #textCharacters = 0;
  #version: '1.0' | '1.1' = '1.0';
  #standalone = false;
  /** Whether there may be declarations that were not read. */
  #mayDeclareMore = false;
  #state: 'start' | 'prolog' | 'root' | 'epilog' = 'start';
  /** Whether there was a root element. */
  #rooted = false;
  #hasDoctype = false;
  /** Whether there was a declaration of this document, or anything that may not be before one. */
  #declared = false;
  /** White space and byte order marks before all markup. */
  #leading: { readonly text: string; readonly start: TextPosition } | undefined;

  constructor(handler: XmlHandler, options: RepairingReaderOptions) {
    this.#handler = handler;
    this.#options = options;
    this.#guard = new XmlLimits(options, this.#start);
    this.#lookup = entityLookup(options.entities);
    this.#expansion = new EntityExpansion({
      guard: this.#guard,
      lookup: this.#lookup,
      read: () => this.#written,
      pending: () => this.#textCharacters,
    });
    this.#elements = new OpenElements(this.#guard, this.#expansion, this.#mercy());
    this.#document = new LenientTokenizer(this, { longestName: this.#guard.limits.xmlNameCharacters });
  }

  /** Reads a piece of the decoded text, its byte order mark taken off. */
  write(text: string): void {
    this.#guarded(() => {
      let from = 0;
      while (from < text.length) {
        const to = Math.min(text.length, from + sliceUnits - (this.#written % sliceUnits));
        this.#written += to - from;
        this.#document.write(text.slice(from, to));
        from = to;
        if (this.#written % sliceUnits === 0) this.#document.flush(sliceUnits);
      }
    });
  }

  /** Reads what the decoder has put for something that it could not read. */
  writeRepaired(kind: XmlRepairKind, found: string, text: string): void {
    this.#guarded(() => {
      this.#document.release();
      this.repair(kind, this.#document.here(), found);
    });
    if (text !== '') this.write(text);
  }

  /** Reads the end of the document. */
  end(): void {
    this.#guarded(() => {
      this.#document.end();
      const detail = describeUnfinished({
        open: this.#elements.tags,
        empty: this.#state === 'start',
        rooted: this.#rooted,
        start: this.#document.start,
        betweenMarkup: this.#document.betweenMarkup,
      });
      if (detail !== undefined) throw this.#guard.error(detail, { position: this.#document.here() });
    });
  }

  /** The document is an HTML page: if there is trouble in it, that is what to say. */
  isHtml(): void {
    this.#guard.isHtml = true;
  }

  /** The error for trouble that lies at the end of what was written so far. */
  errorAtEnd(detail: string, about: Pick<TroubleOptions, 'advice' | 'cause'>): XmlError {
    return this.#guard.error(detail, { ...about, position: this.#document.here() });
  }

  #guarded(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (isLimitError(error)) throw this.#guard.limitError(error);
      throw this.#placed(error, this.#start);
    }
  }

  #placed(error: unknown, position: TextPosition): unknown {
    if (!(error instanceof XmlFault)) return error;
    return this.#guard.error(error.message, { position, advice: error.advice });
  }

  // What follows is called by the tokenizer.

  text(text: string, start: TextPosition): void {
    Object.assign(this.#start, start);
    if (this.#state === 'root') {
      this.#guard.checkText(this.#textCharacters + text.length);
      this.#textCharacters += text.length;
      this.#handler.text(text, this.#start);
      return;
    }
    const content = text.search(/[^ \t\r\n\uFEFF]/);
    if (content === -1) {
      this.#blank(text, start);
      return;
    }
    const places = new TextPlaces(start);
    places.next(text);
    this.repair('junk', places.at(content), text.slice(content).trimEnd());
    if (this.#state === 'start') this.#state = 'prolog';
  }

  /** White space, and byte order marks, outside of the root element. */
  #blank(text: string, start: TextPosition): void {
    if (this.#state === 'start') {
      const { text: before, start: first } = this.#leading ?? { text: '', start };
      this.#leading = { text: before + text, start: first };
    } else if (text.includes('\uFEFF')) {
      this.repair('junk', start, text);
    }
  }

  /** The first markup has come: what was before it is a fault if it is more than white space, or before a declaration. */
  #endLeading(isDeclaration: boolean): void {
    if (this.#state !== 'start') return;
    this.#state = 'prolog';
    const leading = this.#leading;
    if (leading !== undefined && (isDeclaration || leading.text.includes('\uFEFF')))
      this.repair('leadingCharacters', leading.start, leading.text);
  }

  markup(kind: MarkupKind, content: string, start: TextPosition): void {
    Object.assign(this.#start, start);
    if (kind !== 'instruction') {
      this.#endLeading(false);
      if (kind !== 'endTag') this.#declared ||= this.#state === 'prolog';
    }
    this.#textCharacters = 0;
    switch (kind) {
      case 'startTag':
        this.#startTag(content, start);
        break;
      case 'endTag':
        this.#endTag(content, start);
        break;
      case 'comment': {
        const text = this.#characters(content, start, 4);
        if (content.includes('--') || content.endsWith('-'))
          this.repair('doubleHyphen', start, `<!--${content}-->`);
        this.#handler.comment?.(text, this.#start);
        break;
      }
      case 'cdata':
        if (this.#state === 'root') this.#handler.cdata(this.#characters(content, start, 9), this.#start);
        else this.repair('junk', start, `<![CDATA[${content}]]>`);
        break;
      case 'doctype':
        this.#doctype(content, start);
        break;
      case 'instruction':
        this.#instruction(content, start);
        break;
    }
  }

  resolve(name: string, start: TextPosition): string | undefined {
    if (this.#state !== 'root') return `&${name};`;
    const known = this.#character(name, start);
    if (known !== undefined) return known;
    if (this.#expansion.isPlain(name)) return this.#expansion.resolve(name, 'text');
    const declared = this.#expansion.declared.get(name);
    if (declared?.text !== undefined || declared?.unparsed === true) return undefined;
    return this.#undeclared(name, start);
  }

  enter(name: string, start: TextPosition): void {
    Object.assign(this.#start, start);
    const text = this.#expansion.enter(name);
    if (text === undefined) {
      this.#handler.skippedEntity?.(name, this.#start);
      return;
    }
    const floor = this.#floor;
    this.#floor = this.#elements.tags.length;
    const inner = new LenientTokenizer(this, {
      longestName: this.#guard.limits.xmlNameCharacters,
      pinned: start,
    });
    inner.write(text);
    inner.end();
    if (!inner.betweenMarkup || this.#elements.tags.length !== this.#floor)
      throw new XmlFault(`the entity "${name}" does not hold whole elements`);
    this.#floor = floor;
    this.#expansion.leave(name);
  }

  repair(kind: XmlRepairKind, position: TextPosition, text: string): void {
    this.#options.onRepair(repairOf(kind, position, text));
  }

  checkLength(length: number, start: TextPosition): void {
    if (length <= this.#guard.limits.xmlTextCharacters) return;
    Object.assign(this.#start, start);
    this.#guard.checkText(length);
  }

  fail(detail: string, position: TextPosition): never {
    throw this.#guard.error(detail, { position });
  }

  value(raw: string, at: (index: number) => TextPosition): string {
    return this.#value(raw, at, true);
  }

  // What follows reads markup.

  #startTag(content: string, start: TextPosition): void {
    if (this.#state === 'epilog') this.#beginAgain(start, `<${content}>`);
    const { name, attributes, selfClosing } = readLenientTag(content, start, this);
    for (const one of [name, ...attributes.map((attribute) => attribute.name)]) {
      if (!one.split(':').every(isNCName)) this.fail(`"${one.slice(0, 100)}" is not a name`, start);
    }
    const tag = this.#elements.open(name, attributes, selfClosing, this.#start);
    this.#state = 'root';
    this.#rooted = this.#declared = true;
    this.#open.set(tag.name, (this.#open.get(tag.name) ?? 0) + 1);
    this.#handler.startElement(tag, this.#start);
    if (selfClosing) this.#close(name);
  }

  #endTag(content: string, start: TextPosition): void {
    const [, name = '', rest = ''] = /^([^\s/]*)([\s\S]*)$/.exec(content) ?? [];
    if ((this.#open.get(name) ?? 0) === 0 || !this.#reaches(name)) {
      this.repair('strayEndTag', start, `</${content}>`);
      return;
    }
    if (rest.trim() !== '') this.repair('junk', start, `</${content}>`);
    for (
      let tag = this.#elements.tags.at(-1);
      tag !== undefined && tag.name !== name;
      tag = this.#elements.tags.at(-1)
    ) {
      this.repair('unclosedElement', { ...start }, `<${tag.name}>`);
      this.#close(tag.name);
    }
    this.#close(name);
  }

  /** Whether the innermost element of this name may be closed here: an entity cannot close what is around it. */
  #reaches(name: string): boolean {
    if (this.#floor === 0) return true;
    return this.#elements.tags.slice(this.#floor).some((tag) => tag.name === name);
  }

  #close(name: string): void {
    const tag = this.#elements.close(name);
    this.#open.set(name, (this.#open.get(name) ?? 1) - 1);
    this.#handler.endElement(tag, this.#start);
    if (this.#elements.tags.length === 0) this.#state = 'epilog';
  }

  /** A further document starts behind the root: it is read too, unless only one can be had. */
  #beginAgain(start: TextPosition, text: string): void {
    this.repair('secondRoot', start, text);
    if (this.#handler.singleRoot === true) this.#handler = silent;
  }

  #instruction(content: string, start: TextPosition): void {
    const [, target = '', gap = '', data = ''] = /^([^\s?]*)([ \t\r\n]*)([\s\S]*)$/.exec(content) ?? [];
    if (target.toLowerCase() === 'xml') {
      this.#declaration(content.slice(3), start);
      return;
    }
    this.#endLeading(false);
    this.#declared = true;
    if (!isNCName(target) || (gap === '' && data !== ''))
      this.fail(`the processing instruction <?${target.slice(0, 100)} has no target that is a name`, start);
    this.#guard.checkName(target.length);
    this.#handler.processingInstruction?.(
      target,
      this.#characters(data, start, 2 + target.length + gap.length),
      this.#start,
    );
  }

  #declaration(content: string, start: TextPosition): void {
    if (this.#state === 'epilog') this.#beginAgain(start, `<?xml${content}?>`);
    else if (this.#declared) {
      this.repair('misplacedDeclaration', start, `<?xml${content}?>`);
      return;
    }
    this.#endLeading(true);
    this.#declared = true;
    const { declaration, isWellFormed } = readDeclaration(content);
    if (!isWellFormed) this.repair('malformedDeclaration', start, `<?xml${content}?>`);
    this.#version = declaration.version === '1.1' ? '1.1' : '1.0';
    this.#elements.version = this.#expansion.version = this.#version;
    this.#standalone = declaration.standalone === true;
    // Behind a root, that of a further document.
    this.#state = 'prolog';
    this.#hasDoctype = false;
    this.#elements.dtd = undefined;
    this.#mayDeclareMore = false;
    this.#expansion.declared.clear();
    this.#handler.xmlDeclaration?.(declaration, this.#start);
  }

  #doctype(raw: string, start: TextPosition): void {
    if (this.#state !== 'prolog' || this.#hasDoctype) {
      this.repair('junk', start, `<!DOCTYPE${raw}>`);
      return;
    }
    this.#hasDoctype = true;
    const text = raw.replace(/\r\n?/g, '\n');
    const scanner = new DtdScanner(text);
    try {
      const { standalone, version } = { standalone: this.#standalone, version: this.#version };
      const dtd = readDoctype(scanner, { expansion: this.#expansion, standalone, version });
      this.#mayDeclareMore = dtd.mayDeclareMore;
      if (dtd.attributes.size > 0) this.#elements.dtd = dtd;
    } catch (error) {
      throw this.#placed(error, placeInDoctype(`<!DOCTYPE${raw}`, start, scanner.place));
    }
    this.#handler.doctype?.(text, this.#start);
  }

  /** The value that stands between quotes; what came from an entity has no line ends. */
  #value(raw: string, at: (index: number) => TextPosition, hasLineEnds: boolean): string {
    if (!/[&<\u0000-\u001F\uFFFE\uFFFF]/.test(raw)) return raw;
    let high: { readonly code: number; readonly at: number; readonly name: string } | undefined;
    let value = '';
    let from = 0;
    const endHigh = (next: number): void => {
      if (high === undefined) return;
      this.repair('forbiddenCharacter', at(high.at), `&${high.name};`);
      value += '\uFFFD';
      high = undefined;
      from = Math.min(from, next);
    };
    for (const match of raw.matchAll(valueSpecials)) {
      const [found, reference] = match;
      const { index } = match;
      if (index > from) endHigh(index);
      value += raw.slice(from, index);
      from = index + found.length;
      if (reference !== undefined) {
        const name = reference.slice(0, -1);
        const code = surrogateOf(name);
        if (high !== undefined && code >= 0xdc00) {
          this.repair('surrogatePair', at(high.at), `&${high.name};${found}`);
          value += String.fromCharCode(high.code, code);
          high = undefined;
          continue;
        }
        endHigh(from);
        if (code >= 0xd800 && code < 0xdc00) high = { code, at: index, name };
        else value += this.#inValue(name, at(index));
        continue;
      }
      endHigh(from);
      if (found === '&') {
        this.repair('bareAmpersand', at(index), raw.slice(index, index + 20));
        value += '&';
      } else if (found === '<') {
        this.repair('bareLessThan', at(index), raw.slice(index, index + 20));
        value += '<';
      } else if (/[\t\n\r]/.test(found)) {
        value += hasLineEnds ? ' ' : ' '.repeat(found.length);
      } else {
        this.repair('forbiddenCharacter', at(index), found);
        value += '\uFFFD';
      }
    }
    endHigh(raw.length);
    return value + raw.slice(from);
  }

  /** What stands for a reference in a value. */
  #inValue(name: string, position: TextPosition): string {
    const known = this.#character(name, position);
    if (known !== undefined) return known;
    if (this.#expansion.isPlain(name)) return this.#expansion.resolve(name, 'value') ?? '';
    const text = this.#expansion.enter(name);
    if (text === undefined) return this.#undeclared(name, position) ?? '';
    const value = this.#value(text, () => position, false);
    this.#expansion.leave(name);
    return value;
  }

  /** What stands for one of XML's own entities, a character's number, or what is no name at all. */
  #character(name: string, position: TextPosition): string | undefined {
    const predefined = predefinedEntities.get(name);
    if (predefined !== undefined) return predefined;
    if (name.startsWith('#')) {
      if (!/^#(?:\d+|x[\da-fA-F]+)$/.test(name)) {
        this.repair('bareAmpersand', position, `&${name};`);
        return `&${name};`;
      }
      try {
        return characterOf(name, this.#version);
      } catch (error) {
        if (!(error instanceof XmlFault)) throw error;
        this.repair('forbiddenCharacter', position, `&${name};`);
        return '\uFFFD';
      }
    }
    if (isNCName(name)) return undefined;
    this.repair('bareAmpersand', position, `&${name};`);
    return `&${name};`;
  }

  /** What stands for an entity that the document does not declare; `undefined` where it is passed over by right. */
  #undeclared(name: string, position: TextPosition): string | undefined {
    const supplied = this.#lookup(name);
    if (supplied !== undefined) {
      this.#expansion.spend(supplied.length);
      return supplied;
    }
    if (this.#mayDeclareMore || this.#expansion.declared.has(name)) return undefined;
    this.repair('undeclaredEntity', position, `&${name};`);
    return htmlEntity(name) ?? `&${name};`;
  }

  /** The text, line ends normalised, what XML forbids replaced; `skipped` characters of the markup are before it. */
  #characters(text: string, { line, column, offset }: TextPosition, skipped: number): string {
    this.#guard.checkText(text.length);
    const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
    let places: TextPlaces | undefined;
    const legal = text.replace(forbidden, (found, index: number) => {
      if (places === undefined) {
        places = new TextPlaces({ line, column: column + skipped, offset: offset + skipped });
        places.next(text);
      }
      this.repair('forbiddenCharacter', places.at(index), found);
      return '\uFFFD';
    });
    return legal.includes('\r') ? legal.replace(/\r\n?/g, '\n') : legal;
  }

  #mercy(): NamespaceMercy {
    return {
      undeclared: (name) => {
        this.repair('undeclaredPrefix', this.#start, name);
      },
      duplicate: (name) => {
        this.repair('duplicateAttribute', this.#start, name);
      },
    };
  }
}

/** Takes what nobody wants. */
const silent: XmlHandler = {
  startElement: () => undefined,
  endElement: () => undefined,
  text: () => undefined,
  cdata: () => undefined,
};

/** HTML's character of this name, where the platform knows it. */
function htmlEntity(name: string): string | undefined {
  try {
    return xmlPlatform().htmlEntity(name);
  } catch {
    // A worker has no HTML parser.
    return undefined;
  }
}
