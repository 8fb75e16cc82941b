import { SaxesParser } from 'saxes';
import { isLimitError, type XmlError } from '../../core.js';
import { type TextPosition } from '../../errors/ParseError.js';
import { collapseSpaces } from './collapseSpaces.js';
import { ContentExpander, type ExpandedText } from './ContentExpander.js';
import { describeSaxesFailure } from './describeSaxesFailure.js';
import { type Dtd } from './dtd/Dtd.js';
import { DtdError } from './dtd/DtdError.js';
import { readDoctype } from './dtd/readDoctype.js';
import { EntityExpansion } from './EntityExpansion.js';
import { entityLookup } from './entityLookup.js';
import { placeInDoctype } from './placeInDoctype.js';
import { PositionMap, type SaxesPlace } from './PositionMap.js';
import { type SaxesDeclaration, type SaxesInternals, type SaxesTag } from './SaxesInternals.js';
import { isNCName } from './selectors/isNCName.js';
import { StartTag } from './StartTag.js';
import { type XmlEntities } from './XmlEntities.js';
import { XmlGuard, type XmlGuardOptions } from './XmlGuard.js';
import { type XmlAttribute, type XmlHandler } from './XmlHandler.js';

/** What an {@link XmlReader} can be told. */
export interface XmlReaderOptions extends XmlGuardOptions {
  /** Texts for entities that the document does not declare. @defaultValue none, so that such a reference is an error */
  readonly entities?: XmlEntities | undefined;
  /** The platform's table of HTML's entities, for `entities: 'html'`. */
  readonly htmlEntity?: ((name: string) => string | undefined) | undefined;
}

type Saxes = SaxesParser<{ xmlns: true; defaultXMLVersion: '1.0' | '1.1'; forceXMLVersion: boolean }>;

/** saxes' state between markup. */
const stateText = 13;
/** Code units written to saxes at once, and the least that is handed on of a text node before its end. */
const sliceUnits = 65_536;
const noAttributes: readonly XmlAttribute[] = [];
/** Thrown to get out of saxes where the rest of the document has to be expanded first. */
const leaveSaxes = /*#__PURE__*/ new Error('unwinds saxes');

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
  readonly #guard: XmlGuard;
  readonly #expansion: EntityExpansion;
  #saxes: Saxes;
  #internals: SaxesInternals;
  /** Where the current token starts, which is where the token before it ended. */
  readonly #start = { line: 1, column: 1, offset: 0 };
  readonly #open: StartTag[] = [];
  #usable = true;
  #rooted = false;
  /** Whether only white space was read so far, which saxes reports as no token. */
  #leading = true;
  #attributeList: XmlAttribute[];
  /** Code units given to `write`. */
  #written = 0;
  /** Characters of the current text node that were handed on already. */
  #textCharacters = 0;
  /**
   * The last character of what was written, if it is a hyphen, since at the end of a comment saxes must have the character
   * behind it at hand, or a CR, since saxes would hold it back and then stand elsewhere than it says.
   */
  #held = '';
  #insideSaxes = false;
  #version: '1.0' | '1.1' = '1.0';
  #standalone = false;
  #dtd: Dtd | undefined;
  /** Set where the document's DTD makes what saxes is given differ from the document. */
  #map: PositionMap | undefined;
  #expander: ContentExpander | undefined;
  /** The text before the root element, from a token's start on: for the place of trouble in the DTD. */
  readonly #prolog = { pieces: [] as string[], from: 0, to: 0 };

  constructor(handler: XmlHandler, options: XmlReaderOptions = {}) {
    this.#handler = handler;
    this.#guard = new XmlGuard(options, this.#start);
    this.#expansion = new EntityExpansion({
      limits: this.#guard.limits,
      request: options.request,
      lookup: entityLookup(options.entities, options.htmlEntity),
      read: () => this.#here().offset,
    });
    this.#saxes = this.#makeSaxes(false);
    this.#internals = this.#saxes as unknown as SaxesInternals;
    this.#attributeList = this.#internals.attribList;
    this.#connect(this.#saxes, this.#internals);
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
      this.#expander?.end();
      this.#release();
      this.#checkEnd();
      this.#saxes.close();
    });
    this.#usable = false;
  }

  /** The error for trouble that lies at the end of what was written so far: bytes that are illegal in the encoding. */
  errorAtEnd(detail: string, cause?: unknown): XmlError {
    this.#usable = false;
    return this.#guard.error(detail, this.#endPosition(), cause);
  }

  #guarded(read: () => void): void {
    if (!this.#usable) throw new Error('an XmlReader that has ended or failed was used again');
    this.#usable = false;
    try {
      read();
    } catch (error) {
      if (isLimitError(error)) throw this.#guard.error(error.message, this.#start, error);
      if (error instanceof DtdError) throw this.#guard.error(error.message, this.#endPosition());
      throw error;
    }
    this.#usable = true;
  }

  #makeSaxes(forceXMLVersion: boolean): Saxes {
    return new SaxesParser({ xmlns: true, defaultXMLVersion: this.#version, forceXMLVersion });
  }

  #connect(saxes: Saxes, internals: SaxesInternals): void {
    // Not by "on": it stores them by computed names, whereupon V8 makes a slow dictionary of the whole parser (measured:
    // five times the CPU of the same parse).
    internals.errorHandler = (error) => {
      throw this.#saxesFailure(error.message);
    };
    internals.openTagHandler = (tag) => {
      this.#startElement(tag);
    };
    internals.closeTagHandler = () => {
      this.#endElement();
    };
    internals.textHandler = (text) => {
      this.#text(text);
    };
    internals.cdataHandler = (text) => {
      this.#guard.checkText(text.length);
      this.#handler.cdata(text, this.#start);
      this.#advance(0);
    };
    internals.commentHandler = (text) => {
      // saxes calls before it has seen the ">".
      if (internals.chunk.charCodeAt(internals.i) !== 0x3e) throw this.#saxesFailure('malformed comment');
      this.#guard.checkText(text.length);
      this.#handler.comment?.(text, this.#start);
      this.#advance(1);
    };
    internals.piHandler = ({ target, body }) => {
      this.#processingInstruction(target, body);
    };
    internals.xmldeclHandler = (declaration) => {
      this.#xmlDeclaration(declaration);
    };
    internals.doctypeHandler = (text) => {
      this.#doctype(text);
    };
    // saxes reports the end of the innermost element before it compares the names.
    const closeTag = internals.closeTag;
    internals.closeTag = () => {
      this.#checkEndTag(internals.name);
      closeTag.call(saxes);
    };
    // What saxes does not find among its own five it looks for in the prototype.
    const { amp, gt, lt, quot, apos } = saxes.ENTITIES as Record<
      'amp' | 'gt' | 'lt' | 'quot' | 'apos',
      string
    >;
    const others = new Proxy(
      {},
      { get: (_, name) => (typeof name === 'string' ? this.#entity(name) : undefined) },
    );
    saxes.ENTITIES = Object.assign(Object.create(others) as Record<string, string>, {
      amp,
      gt,
      lt,
      quot,
      apos,
    });
  }

  #feed(slice: string): void {
    if (this.#expander !== undefined) this.#expander.write(slice);
    else this.#copy(slice);
  }

  #copy(piece: string): void {
    let text = this.#held === '' ? piece : this.#held + piece;
    this.#held = '';
    if (this.#leading) text = this.#skipLeading(text);
    const last = text.charCodeAt(text.length - 1);
    if (last === 0x2d || last === 0xd) {
      this.#held = text.charAt(text.length - 1);
      text = text.slice(0, -1);
    }
    this.#writeSaxes(text);
  }

  #writeSaxes(text: string): void {
    if (!this.#rooted) this.#keepProlog(text);
    this.#insideSaxes = true;
    try {
      this.#saxes.write(text);
    } catch (error) {
      if (error !== leaveSaxes) throw error;
      this.#expandFromHere();
    }
    this.#insideSaxes = false;
  }

  /** Writes what was held back, when it is clear that nothing behind it belongs to it. */
  #release(): void {
    const held = this.#held;
    this.#held = '';
    if (held !== '') this.#writeSaxes(held === '\r' ? '\n' : held);
  }

  #skipLeading(text: string): string {
    const content = text.search(/[^ \t\r\n]/);
    if (content === -1) return text;
    if (text.charCodeAt(content) === 0xfeff) throw this.#saxesFailure('text data outside of root node');
    this.#leading = false;
    if (content > 0) {
      this.#held = text.charAt(content - 1);
      this.#writeSaxes(text.slice(0, content - 1));
      this.#release();
    }
    Object.assign(this.#start, this.#here());
    return text.slice(content);
  }

  /** Between two slices: hands a long text node's beginning on, and stops what grows without end. */
  #relieve(): void {
    const { text, name, piTarget, entity, attribList, state } = this.#internals;
    this.#guard.checkName(name.length + piTarget.length + entity.length);
    this.#guard.checkAttributes(attribList);
    this.#guard.checkText(this.#textCharacters + text.length);
    if (state !== stateText || text.length < sliceUnits || this.#open.length === 0) return;
    this.#internals.text = '';
    this.#textCharacters += text.length;
    this.#handler.text(text, this.#start);
    Object.assign(this.#start, this.#here());
  }

  #startElement(tag: SaxesTag): void {
    const next = this.#internals.attribList;
    const list = this.#attributeList;
    const attributes = list === next ? noAttributes : list;
    this.#attributeList = next;
    const guard = this.#guard;
    const { name, prefix, local, uri, isSelfClosing } = tag;
    if (this.#open.length >= guard.limits.xmlDepth)
      throw guard.overLimit('xmlDepth', 'elements nest too deep');
    guard.checkName(name.length);
    if (attributes.length > 0) {
      guard.checkAttributes(attributes);
      if (this.#dtd !== undefined) collapseTokenized(this.#dtd, name, list);
    }
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
      this.#guard.checkText(this.#textCharacters + text.length);
      this.#textCharacters = 0;
      this.#handler.text(text, this.#start);
    } else if (/[^ \t\r\n]/.test(text)) {
      throw this.#saxesFailure('text data outside of root node');
    }
    // saxes has read the "<" of what follows.
    this.#advance(-1);
  }

  #processingInstruction(target: string, data: string): void {
    this.#guard.checkName(target.length);
    this.#guard.checkText(data.length);
    // saxes takes "<?target?data?>", where white space is missing.
    if (
      data.startsWith('?') &&
      this.#place(0).offset - this.#start.offset === target.length + data.length + 4
    ) {
      throw this.#guard.error('there is no white space after the target of a processing instruction');
    }
    this.#handler.processingInstruction?.(target, data, this.#start);
    this.#advance(0);
  }

  #xmlDeclaration({ version, encoding, standalone }: SaxesDeclaration): void {
    // saxes reads every version but 1.0 by the rules of 1.1; XML 1.0 asks that all but 1.1 are read by its own.
    this.#version = version === '1.1' ? '1.1' : '1.0';
    this.#internals.setXMLVersion(this.#version);
    this.#standalone = standalone === 'yes';
    this.#handler.xmlDeclaration?.(
      { version, encoding, standalone: standalone === undefined ? undefined : standalone === 'yes' },
      this.#start,
    );
    this.#advance(0);
  }

  #doctype(text: string): void {
    this.#guard.checkText(text.length);
    const dtd = this.#readDoctype(text);
    this.#handler.doctype?.(text, this.#start);
    this.#advance(0);
    if (dtd.attributes.size === 0 && dtd.entities.size === 0) return;
    this.#dtd = dtd;
    throw leaveSaxes;
  }

  #readDoctype(text: string): Dtd {
    try {
      return readDoctype(text, {
        expansion: this.#expansion,
        standalone: this.#standalone,
        version: this.#version,
      });
    } catch (error) {
      if (!(error instanceof DtdError)) throw error;
      const { pieces, from } = this.#prolog;
      const source = pieces.join('').slice(this.#start.offset - from);
      throw this.#guard.error(error.message, placeInDoctype(source, this.#start, error.index ?? 0));
    }
  }

  #keepProlog(text: string): void {
    const prolog = this.#prolog;
    if (this.#start.offset >= prolog.to) {
      prolog.pieces = [];
      prolog.from = prolog.to;
    }
    prolog.pieces.push(text);
    prolog.to += text.length;
  }

  /** Goes on behind the DOCTYPE with another saxes, which is given what the expander makes of the document. */
  #expandFromHere(): void {
    const dtd = this.#dtd;
    if (dtd === undefined) return;
    const { chunk, i, carriedFromPrevious = '' } = this.#internals;
    const saxes = this.#makeSaxes(true);
    // So that it refuses a second one.
    saxes.write('<!DOCTYPE r>');
    this.#saxes = saxes;
    this.#internals = saxes as unknown as SaxesInternals;
    this.#attributeList = this.#internals.attribList;
    this.#connect(saxes, this.#internals);
    this.#insideSaxes = false;
    const map = new PositionMap();
    map.resume({ ...this.#start }, this.#saxesPlace());
    this.#map = map;
    const sink: ExpandedText = {
      copy: (text) => {
        this.#copy(text);
      },
      insert: (text) => {
        this.#release();
        const here = this.#here();
        map.pin(here);
        this.#writeSaxes(text);
        map.resume(here, this.#saxesPlace());
      },
      skip: (units) => {
        const { line, column, offset } = this.#here();
        map.resume({ line, column: column + units, offset: offset + units }, this.#saxesPlace());
      },
    };
    const longestName = this.#guard.limits.xmlNameCharacters;
    this.#expander = new ContentExpander({ dtd, expansion: this.#expansion, longestName }, sink);
    const rest = chunk.slice(i) + carriedFromPrevious + this.#held;
    this.#held = '';
    this.#expander.write(rest);
  }

  /** What saxes is to take for a reference to an entity that is not one of its five. */
  #entity(name: string): string | undefined {
    // Then saxes finds that it is no reference at all.
    if (!isNCName(name)) return undefined;
    try {
      return this.#expansion.supplied(name);
    } catch (error) {
      if (!(error instanceof DtdError)) throw error;
      throw this.#guard.error(error.message, this.#place(-name.length - 2));
    }
  }

  /** Ends the current token: it reaches `ahead` code units past what saxes has read. */
  #advance(ahead: number): void {
    const start = this.#start;
    if (this.#map !== undefined) {
      Object.assign(start, this.#place(ahead));
      return;
    }
    const { chunkPosition, i, line, positionAtNewLine } = this.#internals;
    const offset = chunkPosition + i + ahead;
    start.line = line;
    start.column = offset - positionAtNewLine + 1;
    start.offset = offset;
  }

  /** The place `ahead` code units past what saxes has read, inside one of its calls. */
  #place(ahead: number): TextPosition {
    return this.#locate(this.#saxes.position + ahead);
  }

  /** The place behind all that saxes has read. */
  #here(): TextPosition {
    return this.#insideSaxes ? this.#place(0) : this.#locate(this.#internals.chunkPosition);
  }

  #locate(offset: number): TextPosition {
    const { line, positionAtNewLine: lineStart } = this.#internals;
    if (this.#map !== undefined) return this.#map.locate({ offset, line, lineStart });
    return { line, column: offset - lineStart + 1, offset };
  }

  #saxesPlace(): SaxesPlace {
    const { chunkPosition, line, positionAtNewLine } = this.#internals;
    return { offset: chunkPosition, line, lineStart: positionAtNewLine };
  }

  /** The place of the last character that saxes has read. */
  #lastCharacter(): TextPosition {
    const { chunkPosition, prevI, positionAtNewLine } = this.#internals;
    return this.#locate(Math.max(chunkPosition + prevI, positionAtNewLine));
  }

  /** The place behind all that was written and is not part of a reference that has not ended. */
  #endPosition(): TextPosition {
    const { line, column, offset } = this.#here();
    const behind = this.#held.length;
    return this.#held === '\r'
      ? { line: line + 1, column: 1, offset: offset + 1 }
      : { line, column: column + behind, offset: offset + behind };
  }

  #checkEndTag(name: string): void {
    const innermost = this.#open.at(-1);
    if (innermost === undefined) throw this.#guard.error(`</${name}> ends no element`);
    if (innermost.name === name) return;
    throw this.#guard.error(`</${name}> stands where ${describeOpen(innermost)} has to end first`);
  }

  #checkEnd(): void {
    const open = this.#open;
    const position = this.#endPosition();
    const { state, entity } = this.#internals;
    if (entity !== '')
      throw this.#guard.error(describeSaxesFailure('disallowed character in entity name').detail, position);
    if (open.length > 0) {
      const named = open.slice(-3).reverse().map(describeOpen).join(', ');
      const more = open.length > 3 ? ` and ${open.length - 3} more` : '';
      throw this.#guard.error(`the document ends before the end of ${named}${more}`, position);
    }
    if (this.#leading) throw this.#guard.error('the document is empty', position);
    if (state !== stateText) {
      const { line, column } = this.#start;
      throw this.#guard.error(
        `the document ends inside the markup that starts at line ${line}, column ${column},`,
        position,
      );
    }
    if (!this.#rooted) throw this.#guard.error('the document has no root element', position);
  }

  #saxesFailure(message: string): XmlError {
    const { detail, ofToken } = describeSaxesFailure(message);
    return this.#guard.error(detail, ofToken ? this.#start : this.#lastCharacter());
  }
}

function describeOpen({ name, line, column }: StartTag): string {
  return `<${name}> (opened at line ${line}, column ${column})`;
}

function collapseTokenized(dtd: Dtd, element: string, attributes: XmlAttribute[]): void {
  const declared = dtd.attributes.get(element);
  if (declared === undefined) return;
  for (const [index, attribute] of attributes.entries()) {
    if (declared.get(attribute.name)?.tokenized !== true) continue;
    attributes[index] = { ...attribute, value: collapseSpaces(attribute.value) };
  }
}
