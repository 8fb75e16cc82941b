import { isLimitError } from '../../../errors/guards.js';
import { type TextPosition } from '../../../errors/ParseError.js';
import { type XmlError } from '../../../errors/XmlError.js';
import { describeUnfinished } from '../describeUnfinished.js';
import { DtdScanner } from '../dtd/DtdScanner.js';
import { placeInDoctype, readDoctype } from '../dtd/readDoctype.js';
import { EntityExpansion } from '../EntityExpansion.js';
import { isNCName } from '../names.js';
import { entityLookup } from '../references.js';
import { XmlFault } from '../XmlFault.js';
import { type XmlHandler } from '../XmlHandler.js';
import { type TroubleOptions, XmlLimits, type XmlReaderOptions } from '../XmlLimits.js';
import { DocumentOutline } from './DocumentOutline.js';
import { LenientElements } from './LenientElements.js';
import { LenientReferences } from './LenientReferences.js';
import { LenientTokenizer } from './LenientTokenizer.js';
import { readDeclaration } from './readDeclaration.js';
import { type MarkupKind, type TokenSink } from './TokenSink.js';
import { repairOf, type XmlRepair, type XmlRepairKind } from './XmlRepair.js';

/** Code units read at once, and the least that is handed on of a text node before its end; as for `XmlReader`. */
const sliceUnits = 65_536;

/** What a {@link RepairingReader} can be told. */
export interface RepairingReaderOptions extends XmlReaderOptions {
  readonly onRepair: (repair: XmlRepair) => void;
}

/**
 * Reads XML text as `XmlReader` does, and reads on through what real feeds get wrong; it reports each repair. What it calls does not
 * depend on where the text is cut, and where nothing is wrong it is what `XmlReader` calls. It throws an `XmlError` where the text is
 * cut short or over a limit, or malformed in a way that leaves no good reading.
 */
export class RepairingReader implements TokenSink {
  #handler: XmlHandler;
  readonly #options: RepairingReaderOptions;
  readonly #guard: XmlLimits;
  readonly #elements: LenientElements;
  readonly #expansion: EntityExpansion;
  readonly #references: LenientReferences;
  /** What the document is read by. */
  readonly #document: LenientTokenizer;
  readonly #start: { line: number; column: number; offset: number } = { line: 1, column: 1, offset: 0 };
  #written = 0;
  #textCharacters = 0;
  #standalone = false;
  readonly #outline: DocumentOutline;

  constructor(handler: XmlHandler, options: RepairingReaderOptions) {
    this.#handler = handler;
    this.#options = options;
    this.#guard = new XmlLimits(options, this.#start);
    const lookup = entityLookup(options.entities);
    this.#expansion = new EntityExpansion({
      guard: this.#guard,
      lookup,
      read: () => this.#written,
      pending: () => this.#textCharacters,
    });
    this.#references = new LenientReferences({
      expansion: this.#expansion,
      lookup,
      repair: this.repair.bind(this),
    });
    this.#elements = new LenientElements({
      guard: this.#guard,
      start: this.#start,
      expansion: this.#expansion,
      references: this.#references,
      repair: this.repair.bind(this),
      opened: (tag) => {
        this.#outline.openRoot();
        this.#handler.startElement(tag, this.#start);
      },
      closed: (tag) => {
        this.#handler.endElement(tag, this.#start);
        if (this.#elements.tags.length === 0) this.#outline.closeRoot();
      },
    });
    this.#outline = new DocumentOutline(this.repair.bind(this));
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
        empty: this.#outline.isEmpty,
        rooted: this.#outline.rooted,
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
      throw this.#guard.placed(error, this.#start);
    }
  }

  // What follows is called by the tokenizer.

  text(text: string, start: TextPosition): void {
    Object.assign(this.#start, start);
    if (this.#outline.inRoot) {
      this.#guard.checkText(this.#textCharacters + text.length);
      this.#textCharacters += text.length;
      this.#handler.text(text, this.#start);
      return;
    }
    this.#outline.text(text, start);
  }

  markup(kind: MarkupKind, content: string, start: TextPosition): void {
    Object.assign(this.#start, start);
    if (kind !== 'instruction') this.#outline.markup(kind !== 'endTag');
    this.#textCharacters = 0;
    switch (kind) {
      case 'startTag':
        if (this.#outline.isOver) this.#beginAgain(start, `<${content}>`);
        this.#elements.startTag(content, start);
        break;
      case 'endTag':
        this.#elements.endTag(content, start);
        break;
      case 'comment': {
        const text = this.#characters(content, start, 4);
        if (content.includes('--') || content.endsWith('-'))
          this.repair('doubleHyphen', start, `<!--${content}-->`);
        this.#handler.comment?.(text, this.#start);
        break;
      }
      case 'cdata':
        if (this.#outline.inRoot) this.#handler.cdata(this.#characters(content, start, 9), this.#start);
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
    if (!this.#outline.inRoot) return `&${name};`;
    return this.#references.inText(name, start);
  }

  enter(name: string, start: TextPosition): void {
    Object.assign(this.#start, start);
    const text = this.#expansion.enter(name);
    if (text === undefined) {
      this.#handler.skippedEntity?.(name, this.#start);
      return;
    }
    const inner = new LenientTokenizer(this, {
      longestName: this.#guard.limits.xmlNameCharacters,
      pinned: start,
    });
    const isWhole = this.#elements.inEntity(() => {
      inner.write(text);
      inner.end();
    });
    if (!isWhole || !inner.betweenMarkup)
      throw new XmlFault(`the entity "${name}" does not hold whole elements`);
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

  // What follows reads markup.

  /** A further document starts behind the root: it is read too, unless only one can be had. */
  #beginAgain(start: TextPosition, text: string): void {
    this.repair('secondRoot', start, text);
    if (this.#handler.singleRoot === true) this.#handler = silent;
  }

  #instruction(content: string, start: TextPosition): void {
    const [target = ''] = /^[^\s?]*/.exec(content) ?? [];
    const [gap = ''] = /^[ \t\r\n]*/.exec(content.slice(target.length)) ?? [];
    const data = content.slice(target.length + gap.length);
    if (target.toLowerCase() === 'xml') {
      this.#declaration(content.slice(3), start);
      return;
    }
    this.#outline.markup(true);
    if (!isNCName(target) || (gap === '' && data !== ''))
      throw this.#guard.error(
        `the processing instruction <?${target.slice(0, 100)} has no target that is a name`,
      );
    this.#guard.checkName(target.length);
    const text = this.#characters(data, start, 2 + target.length + gap.length);
    this.#handler.processingInstruction?.(target, text, this.#start);
  }

  #declaration(content: string, start: TextPosition): void {
    if (this.#outline.isOver) {
      this.#beginAgain(start, `<?xml${content}?>`);
    } else if (!this.#outline.mayDeclare) {
      this.repair('misplacedDeclaration', start, `<?xml${content}?>`);
      return;
    }
    this.#outline.declaration();
    const { declaration, isWellFormed } = readDeclaration(content);
    if (!isWellFormed) this.repair('malformedDeclaration', start, `<?xml${content}?>`);
    this.#references.version = declaration.version === '1.1' ? '1.1' : '1.0';
    this.#expansion.version = this.#references.version;
    this.#elements.begin(this.#references.version);
    this.#standalone = declaration.standalone === true;
    this.#references.mayDeclareMore = false;
    this.#expansion.declared.clear();
    this.#handler.xmlDeclaration?.(declaration, this.#start);
  }

  #doctype(raw: string, start: TextPosition): void {
    if (!this.#outline.doctype()) {
      this.repair('junk', start, `<!DOCTYPE${raw}>`);
      return;
    }
    const text = raw.replace(/\r\n?/g, '\n');
    const scanner = new DtdScanner(text);
    try {
      const { standalone, version } = { standalone: this.#standalone, version: this.#references.version };
      const dtd = readDoctype(scanner, { expansion: this.#expansion, standalone, version });
      this.#references.mayDeclareMore = dtd.mayDeclareMore;
      if (dtd.attributes.size > 0) this.#elements.declare(dtd);
    } catch (error) {
      throw this.#guard.placed(error, placeInDoctype(`<!DOCTYPE${raw}`, start, scanner.place));
    }
    this.#handler.doctype?.(text, this.#start);
  }

  #characters(text: string, start: TextPosition, skipped: number): string {
    this.#guard.checkText(text.length);
    return this.#references.legalText(text, start, skipped);
  }
}

const nothing = (): void => undefined;
/** Takes what nobody wants. */
const silent: XmlHandler = { startElement: nothing, endElement: nothing, text: nothing, cdata: nothing };
