import { SaxesParser, type SaxesTagNS, type XMLDecl } from 'saxes';
import { defaultLimits, isLimitError, LimitError, XmlError } from '../../core.js';
import { type Limits } from '../../errors/Limits.js';
import { type ParseErrorOptions, type TextPosition } from '../../errors/ParseError.js';
import { describeSaxesFailure } from './describeSaxesFailure.js';
import { StartTag } from './StartTag.js';
import { type XmlAttribute, type XmlHandler } from './XmlHandler.js';

/** What an {@link XmlReader} can be told. */
export interface XmlReaderOptions extends Pick<ParseErrorOptions, 'request' | 'url'> {
  /** How much is held or followed. @defaultValue `defaultLimits` */
  readonly limits?: Partial<Limits> | undefined;
  /** How many values the handler has emitted so far, for the errors. @defaultValue none */
  readonly records?: (() => number) | undefined;
}

type Saxes = SaxesParser<{ xmlns: true; position: true }>;

/** What saxes 6 holds but does not declare. Only this file knows it, and the specs fail where another version differs. */
interface SaxesInternals {
  /** The piece being read, the index behind the last character read, and that character's index. */
  readonly chunk: string;
  readonly i: number;
  readonly prevI: number;
  /** Code units read before `chunk`. */
  readonly chunkPosition: number;
  readonly positionAtNewLine: number;
  readonly state: number;
  /** What is pending of the token being read. */
  text: string;
  readonly name: string;
  readonly piTarget: string;
  readonly entity: string;
  /** The attributes of the start tag being read; replaced by a new list where a tag had any. */
  readonly attribList: XmlAttribute[];
  closeTag: (this: unknown) => void;
  setXMLVersion(version: string): void;
}

/** saxes' state between markup. */
const stateText = 13;
/** Code units written to saxes at once, and the least that is handed on of a text node before its end. */
const sliceUnits = 65_536;
const noAttributes: readonly XmlAttribute[] = [];

/**
 * Reads XML text that arrives in pieces and calls a handler. What it calls does not depend on where the text is cut. It
 * throws an `XmlError` where the text is malformed or over a limit, and passes on what the handler throws; after that it
 * must not be used again.
 *
 * @see https://www.w3.org/TR/xml/
 * @see https://www.w3.org/TR/xml-names/
 */
export class XmlReader {
  readonly #handler: XmlHandler;
  readonly #limits: Limits;
  readonly #options: XmlReaderOptions;
  readonly #saxes: Saxes;
  readonly #internals: SaxesInternals;
  /** Where the current token starts, which is where the token before it ended. */
  readonly #start = { line: 1, column: 1, offset: 0 };
  readonly #open: StartTag[] = [];
  #usable = true;
  #attributeList: XmlAttribute[];
  /** Code units given to `write`. */
  #written = 0;
  /** Characters of the current text node that were handed on already. */
  #textCharacters = 0;
  /** A last hyphen of what was written: at the end of a comment, saxes must have the character behind it at hand. */
  #held = '';
  /** Whether only white space was read so far, which saxes reports as no token. */
  #leading = true;
  #rooted = false;

  constructor(handler: XmlHandler, options: XmlReaderOptions = {}) {
    this.#handler = handler;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    const saxes: Saxes = new SaxesParser({ xmlns: true, position: true });
    const internals = saxes as unknown as SaxesInternals;
    this.#saxes = saxes;
    this.#internals = internals;
    this.#attributeList = internals.attribList;

    saxes.on('error', (error) => {
      throw this.#saxesFailure(error.message);
    });
    saxes.on('opentag', (tag) => {
      this.#startElement(tag);
    });
    saxes.on('closetag', () => {
      this.#endElement();
    });
    saxes.on('text', (text) => {
      this.#text(text);
    });
    saxes.on('cdata', (text) => {
      this.#checkText(text.length);
      handler.cdata(text, this.#start);
      this.#advance(0);
    });
    saxes.on('comment', (text) => {
      // saxes calls before it has seen the ">".
      if (internals.chunk.charCodeAt(internals.i) !== 0x3e) throw this.#saxesFailure('malformed comment');
      this.#checkText(text.length);
      handler.comment?.(text, this.#start);
      this.#advance(1);
    });
    saxes.on('processinginstruction', ({ target, body }) => {
      this.#processingInstruction(target, body);
    });
    saxes.on('xmldecl', (declaration) => {
      this.#xmlDeclaration(declaration);
    });
    saxes.on('doctype', (text) => {
      this.#checkText(text.length);
      handler.doctype?.(text, this.#start);
      this.#advance(0);
    });
    // saxes reports the end of the innermost element before it compares the names.
    const closeTag = internals.closeTag;
    internals.closeTag = () => {
      this.#checkEndTag(internals.name);
      closeTag.call(saxes);
    };
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

  /** Reads the end of the document. */
  end(): void {
    this.#guarded(() => {
      if (this.#held !== '') this.#saxes.write(this.#held);
      this.#checkEnd();
      this.#saxes.close();
    });
    this.#usable = false;
  }

  /** The error for trouble that lies at the end of what was written so far: bytes that are illegal in the encoding. */
  errorAtEnd(detail: string, cause?: unknown): XmlError {
    this.#usable = false;
    return this.#error(detail, this.#writtenPosition(), cause);
  }

  #guarded(read: () => void): void {
    if (!this.#usable) throw new Error('an XmlReader that has ended or failed was used again');
    this.#usable = false;
    try {
      read();
    } catch (error) {
      throw isLimitError(error) ? this.#error(error.message, { ...this.#start }, error) : error;
    }
    this.#usable = true;
  }

  #feed(slice: string): void {
    let text = this.#held === '' ? slice : this.#held + slice;
    this.#held = '';
    if (this.#leading) text = this.#skipLeading(text);
    if (text.charCodeAt(text.length - 1) === 0x2d) {
      this.#held = '-';
      text = text.slice(0, -1);
    }
    this.#saxes.write(text);
  }

  #skipLeading(text: string): string {
    if (text.charCodeAt(0) === 0xfeff)
      throw this.#error(describeSaxesFailure('text data outside of root node').detail, { ...this.#start });
    const content = text.search(/[^ \t\r\n]/);
    if (content === -1) return text;
    this.#leading = false;
    const white = text.slice(0, content);
    // saxes would hold a last CR back; no LF follows it, so it stands for one.
    this.#saxes.write(white.endsWith('\r') ? `${white.slice(0, -1)}\n` : white);
    Object.assign(this.#start, this.#consumedPosition());
    return text.slice(content);
  }

  /** Between two slices: hands a long text node's beginning on, and stops what grows without end. */
  #relieve(): void {
    const { text, name, piTarget, entity, attribList, state } = this.#internals;
    if (name.length + piTarget.length + entity.length > this.#limits.xmlNameCharacters) {
      throw this.#overLimit('xmlNameCharacters', 'a name is too long');
    }
    this.#checkAttributes(attribList);
    this.#checkText(this.#textCharacters + text.length);
    if (state !== stateText || text.length < sliceUnits || this.#open.length === 0) return;
    this.#internals.text = '';
    this.#textCharacters += text.length;
    this.#handler.text(text, this.#start);
    Object.assign(this.#start, this.#consumedPosition());
  }

  #startElement(tag: SaxesTagNS): void {
    const list = this.#internals.attribList;
    const attributes = list === this.#attributeList ? noAttributes : this.#attributeList;
    this.#attributeList = list;
    if (this.#open.length >= this.#limits.xmlDepth)
      throw this.#overLimit('xmlDepth', 'elements nest too deep');
    this.#checkName(tag.name);
    if (attributes.length > 0) this.#checkAttributes(attributes);
    const { name, prefix, local, uri, isSelfClosing } = tag;
    const element = new StartTag(name, prefix, local, uri, attributes, isSelfClosing, this.#start);
    this.#open.push(element);
    this.#rooted = true;
    this.#handler.startElement(element, this.#start);
    if (!isSelfClosing) this.#advance(0);
  }

  #endElement(): void {
    const element = this.#open.pop();
    if (element !== undefined) this.#handler.endElement(element, this.#start);
    this.#advance(0);
  }

  #text(text: string): void {
    if (this.#open.length > 0) {
      this.#checkText(this.#textCharacters + text.length);
      this.#textCharacters = 0;
      this.#handler.text(text, this.#start);
    } else if (/[^ \t\r\n]/.test(text)) {
      throw this.#saxesFailure('text data outside of root node');
    }
    // saxes has read the "<" of what follows.
    this.#advance(-1);
  }

  #processingInstruction(target: string, data: string): void {
    this.#checkName(target);
    this.#checkText(data.length);
    // saxes takes "<?target?data?>", where white space is missing.
    if (
      data.startsWith('?') &&
      this.#saxes.position - this.#start.offset === target.length + data.length + 4
    ) {
      throw this.#error('there is no white space after the target of a processing instruction', {
        ...this.#start,
      });
    }
    this.#handler.processingInstruction?.(target, data, this.#start);
    this.#advance(0);
  }

  #xmlDeclaration({ version, encoding, standalone }: XMLDecl): void {
    // saxes reads every version but 1.0 by the rules of 1.1; XML 1.0 asks that all but 1.1 are read by its own.
    if (version !== '1.1') this.#internals.setXMLVersion('1.0');
    this.#handler.xmlDeclaration?.(
      { version, encoding, standalone: standalone === undefined ? undefined : standalone === 'yes' },
      this.#start,
    );
    this.#advance(0);
  }

  /** Ends the current token: it reaches `ahead` code units past what saxes has read. */
  #advance(ahead: number): void {
    const saxes = this.#saxes;
    this.#start.line = saxes.line;
    this.#start.column = saxes.columnIndex + ahead + 1;
    this.#start.offset = saxes.position + ahead;
  }

  /** The place behind all that saxes has read, between two writes, when its own `position` does not tell it. */
  #consumedPosition(): TextPosition {
    return this.#place(this.#internals.chunkPosition);
  }

  #place(offset: number): TextPosition {
    return { line: this.#saxes.line, column: offset - this.#internals.positionAtNewLine + 1, offset };
  }

  /** The place of the last character that saxes has read. */
  #lastCharacter(): TextPosition {
    const { chunkPosition, prevI, positionAtNewLine } = this.#internals;
    return this.#place(Math.max(chunkPosition + prevI, positionAtNewLine));
  }

  #writtenPosition(): TextPosition {
    const { line, column, offset } = this.#consumedPosition();
    const behind = this.#written - offset;
    return { line, column: column + behind, offset: offset + behind };
  }

  #checkEndTag(name: string): void {
    const innermost = this.#open.at(-1);
    if (innermost === undefined) throw this.#error(`</${name}> ends no element`, { ...this.#start });
    if (innermost.name === name) return;
    throw this.#error(`</${name}> stands where ${describeOpen(innermost)} has to end first`, {
      ...this.#start,
    });
  }

  #checkEnd(): void {
    const open = this.#open.length;
    const { state } = this.#internals;
    if (open === 0) {
      if (this.#leading) throw this.#error('the document is empty', this.#writtenPosition());
      if (state !== stateText) {
        const { line, column } = this.#start;
        const detail = `the document ends inside the markup that starts at line ${line}, column ${column},`;
        throw this.#error(detail, this.#writtenPosition());
      }
      if (!this.#rooted) throw this.#error('the document has no root element', this.#writtenPosition());
      return;
    }
    const named = this.#open.slice(-3).reverse().map(describeOpen).join(', ');
    const more = open > 3 ? ` and ${open - 3} more` : '';
    throw this.#error(`the document ends before the end of ${named}${more}`, this.#writtenPosition());
  }

  #checkName(name: string): void {
    if (name.length > this.#limits.xmlNameCharacters)
      throw this.#overLimit('xmlNameCharacters', 'a name is too long');
  }

  #checkText(length: number): void {
    if (length <= this.#limits.xmlTextCharacters) return;
    throw this.#overLimit(
      'xmlTextCharacters',
      'a text, attribute value, comment or processing instruction is too long',
    );
  }

  #checkAttributes(attributes: readonly XmlAttribute[]): void {
    if (attributes.length > this.#limits.xmlAttributes) {
      throw this.#overLimit('xmlAttributes', 'an element has too many attributes');
    }
    for (const { name, value } of attributes) {
      this.#checkName(name);
      this.#checkText(value.length);
    }
  }

  #overLimit(limit: keyof Limits, detail: string): XmlError {
    const value = this.#limits[limit];
    const cause = new LimitError(limit, value, { request: this.#options.request });
    return this.#error(`${detail}: over limits.${limit} (${value})`, { ...this.#start }, cause);
  }

  #saxesFailure(message: string): XmlError {
    const { detail, ofToken } = describeSaxesFailure(message);
    return this.#error(detail, ofToken ? { ...this.#start } : this.#lastCharacter());
  }

  #error(detail: string, position: TextPosition, cause?: unknown): XmlError {
    const { request, url, records } = this.#options;
    return new XmlError(detail, { position, request, url, cause, records: records?.() ?? 0 });
  }
}

function describeOpen({ name, line, column }: StartTag): string {
  return `<${name}>, opened at line ${line}, column ${column},`;
}
