import { isLimitError } from '../../errors/guards.js';
import { type TextPosition } from '../../errors/ParseError.js';
import { type XmlError } from '../../errors/XmlError.js';
import { ContentExpander } from './ContentExpander.js';
import { describeSaxesFailure } from './describeSaxesFailure.js';
import { describeUnfinished } from './describeUnfinished.js';
import { EntityExpansion } from './EntityExpansion.js';
import { OpenElements, type OpenTag } from './OpenElements.js';
import { Prolog } from './Prolog.js';
import { entityLookup } from './references.js';
import { SaxesDriver } from './SaxesDriver.js';
import { type SaxesCallbacks, type SaxesDeclaration, type SaxesTag } from './SaxesInternals.js';
import { bareAmpersand } from './XmlFault.js';
import { type XmlHandler, type XmlStartTag } from './XmlHandler.js';
import { type TroubleOptions, XmlLimits, type XmlReaderOptions } from './XmlLimits.js';

/** Code units read at once, and the least that is handed on of a text node before its end. */
const sliceUnits = 65_536;

/**
 * Reads XML text that arrives in pieces and calls a handler, in the same way wherever the text is cut. Throws an `XmlError` if the
 * text is malformed or exceeds a limit, and passes on what the handler throws; it must not be used after that.
 *
 * @see https://www.w3.org/TR/xml/ and https://www.w3.org/TR/xml-names/
 */
export class XmlReader implements SaxesCallbacks {
  readonly #handler: XmlHandler;
  readonly #guard: XmlLimits;
  /** The entities of the document. */
  readonly entities: EntityExpansion;
  readonly #saxes: SaxesDriver;
  /** Where the current token starts, which is where the token before it ended. */
  readonly #start = { line: 1, column: 1, offset: 0 };
  readonly #elements: OpenElements;
  readonly #prolog = new Prolog();
  #usable = true;
  /** Whether only white space was read so far, which saxes reports as no token. */
  #leading = true;
  #rooted = false;
  /** Characters of the attributes of the start tag that is being read. */
  #tagCharacters = 0;
  /** Code units given to `write`. */
  #written = 0;
  /** Characters of the current text node that were handed on already. */
  #textCharacters = 0;
  /** Whether saxes asks what a reference stands for. */
  #atReference = false;
  #standalone = false;
  #expander: ContentExpander | undefined;

  constructor(handler: XmlHandler, options: XmlReaderOptions = {}) {
    this.#handler = handler;
    this.#guard = new XmlLimits(options, this.#start);
    this.entities = new EntityExpansion({
      guard: this.#guard,
      lookup: entityLookup(options.entities),
      read: () => (this.#atReference ? this.#saxes.ampersand() : this.#saxes.end()).offset,
      pending: () => this.#textCharacters + this.#saxes.pendingText,
    });
    this.#elements = new OpenElements(this.#guard, this.entities);
    this.#saxes = new SaxesDriver(this);
  }

  /** Reads a piece of the decoded text, its byte order mark taken off. */
  write(text: string): void {
    this.#guarded(() => {
      let from = 0;
      while (from < text.length) {
        const to = Math.min(text.length, from + sliceUnits - (this.#written % sliceUnits));
        this.#feed(to - from === text.length ? text : text.slice(from, to));
        this.#written += to - from;
        from = to;
        if (this.#written % sliceUnits === 0) this.#relieve();
      }
    });
  }

  /** Before the root: where its start tag starts, if a scanner can continue there. It returns the document by `resume`. */
  leaveRoot(): TextPosition | undefined {
    this.#saxes.release();
    const isPlain = this.#elements.dtd === undefined && this.entities.version === '1.0';
    return isPlain && !this.#rooted && this.#saxes.betweenMarkup ? this.#saxes.here() : undefined;
  }

  /** Goes on at a place inside these elements, or, where there are none, behind the root; gives the elements' start tags. */
  resume(position: TextPosition, open: readonly OpenTag[]): readonly XmlStartTag[] {
    this.#leading = false;
    this.#rooted = true;
    this.#written = position.offset;
    this.#prolog.drop();
    this.#saxes.restartInside(open.length, position);
    Object.assign(this.#start, position);
    return this.#elements.reopen(open);
  }

  /** Reads the end of the document. */
  end(): void {
    this.#guarded(() => {
      this.#expander?.end();
      this.#saxes.release();
      const detail = describeUnfinished({
        open: this.#elements.tags,
        empty: this.#leading,
        rooted: this.#rooted,
        start: this.#start,
        betweenMarkup: this.#saxes.betweenMarkup,
      });
      if (detail !== undefined) throw this.#guard.error(detail, { position: this.#saxes.end() });
      this.#saxes.close();
    });
    this.#usable = false;
  }

  /** The document is an HTML page: if there is trouble in it, that is what to say. */
  isHtml(): void {
    this.#guard.isHtml = true;
  }

  /** The error for trouble that lies at the end of what was written so far: bytes that are illegal in the encoding. */
  errorAtEnd(detail: string, about: Pick<TroubleOptions, 'advice' | 'cause'>): XmlError {
    this.#usable = false;
    return this.#guard.error(detail, { ...about, position: this.#saxes.end() });
  }

  #guarded(read: () => void): void {
    if (!this.#usable) throw new Error('an XmlReader that has ended or failed was used again');
    this.#usable = false;
    try {
      read();
    } catch (error) {
      throw isLimitError(error)
        ? this.#guard.limitError(error)
        : this.#guard.placed(error, this.#saxes.end());
    }
    this.#usable = true;
  }

  #feed(slice: string): void {
    if (this.#expander !== undefined) {
      this.#expander.write(slice);
      return;
    }
    if (!this.#rooted) this.#prolog.keep(slice, this.#start);
    const rest = this.#saxes.write(this.#leading ? this.#skipLeading(slice) : slice);
    if (rest !== undefined) this.#expand(rest);
  }

  #skipLeading(text: string): string {
    const content = text.search(/[^ \t\r\n]/);
    if (content === -1) return text;
    this.#leading = false;
    if (content > 0) this.#saxes.write(text.slice(0, content));
    this.#saxes.release();
    Object.assign(this.#start, this.#saxes.here());
    if (text.charCodeAt(content) === 0xfeff) this.failure('byte order mark');
    return text.slice(content);
  }

  /** Goes on behind the DOCTYPE with a saxes that is given what the expander makes of the document. */
  #expand(rest: string): void {
    this.#saxes.restart(this.entities.version, { ...this.#start });
    const longestName = this.#guard.limits.xmlNameCharacters;
    this.#expander = new ContentExpander({ expansion: this.entities, longestName }, this.#saxes);
    this.#expander.write(rest);
  }

  /** Between two slices: hands a long text node's beginning on, and stops what grows without end. */
  #relieve(): void {
    const { name, text, attributes } = this.#saxes.pending;
    this.#saxes.joinText();
    this.#guard.checkName(name);
    this.#guard.checkAttributes(attributes);
    this.#guard.checkText(this.#textCharacters + text);
    if (attributes.length > 0) this.#guard.checkStartTag(this.#tagCharacters + text);
    if (!this.#saxes.betweenMarkup || text < sliceUnits || this.#elements.tags.length === 0) return;
    this.#textCharacters += text;
    this.#handler.text(this.#saxes.takeText(), this.#start);
    Object.assign(this.#start, this.#saxes.here());
  }

  // What follows is called by the driver.

  xmlDeclaration({ version, encoding, standalone }: SaxesDeclaration): void {
    // saxes reads every version but 1.0 by the rules of 1.1; XML 1.0 asks that all but 1.1 are read by its own.
    this.entities.version = this.#elements.version = version === '1.1' ? '1.1' : '1.0';
    this.#saxes.setVersion(this.entities.version);
    this.#standalone = standalone === 'yes';
    const told = standalone === undefined ? undefined : this.#standalone;
    this.#handler.xmlDeclaration?.({ version, encoding, standalone: told }, this.#start);
    this.#advance(0);
  }

  doctype(text: string): void {
    this.#guard.checkText(text.length);
    const { version } = this.entities;
    const options = { expansion: this.entities, standalone: this.#standalone, version };
    const dtd = this.#prolog.readDoctype(text, this.#start, options);
    this.#prolog.drop();
    this.#handler.doctype?.(text, this.#start);
    this.#advance(0);
    if (dtd.attributes.size === 0 && dtd.entities.size === 0) return;
    this.#elements.dtd = dtd;
    if (dtd.entities.size > 0) this.#saxes.interrupt();
  }

  attribute(name: string, value: string): void {
    this.#tagCharacters += name.length + value.length;
    this.#guard.checkStartTag(this.#tagCharacters);
  }

  startElement({ name, isSelfClosing }: SaxesTag): void {
    this.#tagCharacters = 0;
    const tag = this.#elements.open(name, this.#saxes.takeAttributes(), isSelfClosing, this.#start);
    if (!this.#rooted) {
      this.#rooted = true;
      this.#prolog.drop();
    }
    this.#handler.startElement(tag, this.#start);
    if (!isSelfClosing) this.#advance(0);
  }

  endElement(name: string): void {
    this.#handler.endElement(this.#elements.close(name), this.#start);
    this.#advance(0);
  }

  text(text: string): void {
    if (this.#elements.tags.length > 0) {
      this.#guard.checkText(this.#textCharacters + text.length);
      this.#textCharacters = 0;
      this.#handler.text(text, this.#start);
    } else if (/[^ \t\r\n]/.test(text)) {
      this.failure('text data outside of root node');
    }
    // The "<" of what follows was read already.
    this.#advance(-1);
  }

  cdata(text: string): void {
    this.#guard.checkText(text.length);
    this.#handler.cdata(text, this.#start);
    this.#advance(0);
  }

  comment(text: string): void {
    this.#guard.checkText(text.length);
    this.#handler.comment?.(text, this.#start);
    // The ">" was not read yet.
    this.#advance(1);
  }

  processingInstruction(target: string, data: string): void {
    this.#guard.checkName(target.length);
    this.#guard.checkText(data.length);
    // saxes takes "<?target?data?>", where white space is missing.
    const length = this.#saxes.here().offset - this.#start.offset;
    if (data.startsWith('?') && length === target.length + data.length + 4)
      throw this.#guard.error('there is no white space after the target of a processing instruction');
    this.#handler.processingInstruction?.(target, data, this.#start);
    this.#advance(0);
  }

  reference(name: string | undefined, where: 'text' | 'value'): string {
    this.#atReference = true;
    try {
      if (name === undefined) throw bareAmpersand();
      const text = this.entities.resolve(name, where);
      if (text === undefined && where === 'text') this.#skip(name);
      return text ?? '';
    } catch (error) {
      throw this.#guard.placed(error, this.#saxes.ampersand());
    } finally {
      this.#atReference = false;
    }
  }

  /** Passes over a reference, and reports it between the texts before and behind it. */
  #skip(name: string): void {
    const text = this.#saxes.takeText();
    this.#guard.checkText(this.#textCharacters + text.length);
    this.#textCharacters += text.length;
    if (text !== '') this.#handler.text(text, this.#start);
    Object.assign(this.#start, this.#saxes.ampersand());
    this.#handler.skippedEntity?.(name, this.#start);
    Object.assign(this.#start, this.#saxes.behindReference(name));
  }

  /** Ends the current token: it reaches `ahead` code units past what saxes has read. */
  #advance(ahead: number): void {
    this.#saxes.locate(this.#start, ahead);
  }

  failure(message: string): never {
    const { detail, ofToken, advice } = describeSaxesFailure(message, this.#saxes.lastCode());
    const position = ofToken ? this.#start : this.#saxes.lastCharacter();
    throw this.#guard.error(detail, { position, advice });
  }
}
