import { LimitError, type LimitName } from '../../errors/LimitError.js';
import { type TextPosition } from '../../errors/ParseError.js';
import { XmlError } from '../../errors/XmlError.js';
import { defaultLimits, type Limits } from '../../options/limits.js';
import { type ParserOptions } from '../IncrementalParser.js';
import { type RawAttribute } from './NamespaceScopes.js';
import { detached, XmlFault } from './XmlFault.js';
import { type XmlEntities } from './references.js';

/** What the errors of one document are made with. */
interface XmlLimitsOptions extends ParserOptions {
  /** How many values the handler has emitted so far, for the errors. @defaultValue none */
  readonly records?: (() => number) | undefined;
  /** What to do, where it outranks what can be said of the trouble itself. @defaultValue none */
  readonly hint?: string | undefined;
}

/** More about trouble in a document. */
export interface TroubleOptions {
  /** Where it is. @defaultValue where the current token starts */
  readonly position?: TextPosition | undefined;
  /** What to do about it. @defaultValue none */
  readonly advice?: string | undefined;
  readonly cause?: unknown;
}

const htmlAdvice = 'the body is an HTML page, not a feed: check the URL, or read it with an HTML parser';

/** Holds one document to its limits and makes its errors. */
export class XmlLimits {
  readonly limits: Limits;
  /** Whether the document is an HTML page. */
  isHtml = false;
  readonly #options: XmlLimitsOptions;
  readonly #start: TextPosition;

  /** @param start - where the current token starts; it moves on. */
  constructor(options: XmlLimitsOptions, start: TextPosition) {
    this.#options = options;
    this.#start = start;
    this.limits = options.limits ?? defaultLimits;
  }

  checkName(length: number): void {
    if (length > this.limits.xmlNameCharacters)
      throw this.overLimit('xmlNameCharacters', 'a name is too long');
  }

  checkText(length: number): void {
    if (length <= this.limits.xmlTextCharacters) return;
    throw this.overLimit('xmlTextCharacters', 'a text, attribute value, comment or other token is too long');
  }

  checkStartTag(characters: number): void {
    if (characters > this.limits.xmlStartTagCharacters)
      throw this.overLimit('xmlStartTagCharacters', 'a start tag is too long');
  }

  checkAttributes(attributes: readonly RawAttribute[]): void {
    if (attributes.length > this.limits.xmlAttributes) {
      throw this.overLimit('xmlAttributes', 'an element has too many attributes');
    }
    let characters = 0;
    for (const { name, value } of attributes) {
      this.checkName(name.length);
      this.checkText(value.length);
      characters += name.length + value.length;
    }
    this.checkStartTag(characters);
  }

  overLimit(limit: LimitName, detail?: string): XmlError {
    return this.limitError(
      new LimitError(limit, this.limits[limit], { request: this.#options.request }),
      detail,
    );
  }

  limitError(cause: LimitError, detail = 'too much'): XmlError {
    const advice = 'raise the limit if the source is trusted';
    return this.error(`${detail}: over limits.${cause.limit} (${cause.value})`, { cause, advice });
  }

  /** What to throw for something thrown at a place: for a fault, an `XmlError`. */
  placed(error: unknown, position: TextPosition): unknown {
    if (!(error instanceof XmlFault)) return error;
    const { message, advice, cause } = error;
    return this.error(message, { position: error.position ?? position, advice, cause });
  }

  error(
    detail: string,
    { position: { line, column, offset } = this.#start, cause, advice }: TroubleOptions = {},
  ): XmlError {
    const { request, url, records, hint } = this.#options;
    const error = new XmlError(detail.charAt(0).toUpperCase() + detail.slice(1), {
      position: { line, column, offset },
      request,
      url,
      cause,
      advice: hint ?? (this.isHtml ? htmlAdvice : advice),
      records: records?.() ?? 0,
    });
    detached(cause);
    return detached(error);
  }
}

/** What an `XmlReader` can be told. */
export interface XmlReaderOptions extends XmlLimitsOptions {
  /** Texts for entities that the document does not declare. @defaultValue none, so that such a reference is an error */
  readonly entities?: Exclude<XmlEntities, 'html'> | undefined;
}
