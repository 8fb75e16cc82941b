import { defaultLimits, LimitError, XmlError } from '../../core.js';
import { type Limits } from '../../errors/Limits.js';
import { type TextPosition } from '../../errors/ParseError.js';
import { type ParserOptions } from '../ParserOptions.js';
import { type XmlAttribute } from './XmlHandler.js';

/** What the errors of one document are made with. */
export interface XmlGuardOptions extends ParserOptions {
  /** How many values the handler has emitted so far, for the errors. @defaultValue none */
  readonly records?: (() => number) | undefined;
}

/** Holds one document to its limits and makes its errors. */
export class XmlGuard {
  readonly limits: Limits;
  readonly #options: XmlGuardOptions;
  readonly #start: TextPosition;

  /** @param start - where the current token starts; it moves on. */
  constructor(options: XmlGuardOptions, start: TextPosition) {
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

  checkAttributes(attributes: readonly XmlAttribute[]): void {
    if (attributes.length > this.limits.xmlAttributes) {
      throw this.overLimit('xmlAttributes', 'an element has too many attributes');
    }
    for (const { name, value } of attributes) {
      this.checkName(name.length);
      this.checkText(value.length);
    }
  }

  overLimit(limit: keyof Limits, detail: string): XmlError {
    const value = this.limits[limit];
    const cause = new LimitError(limit, value, { request: this.#options.request });
    return this.error(`${detail}: over limits.${limit} (${value})`, this.#start, cause);
  }

  /** @param position - the current token's start where it is left out. */
  error(detail: string, { line, column, offset }: TextPosition = this.#start, cause?: unknown): XmlError {
    const { request, url, records } = this.#options;
    return new XmlError(detail, {
      position: { line, column, offset },
      request,
      url,
      cause,
      records: records?.() ?? 0,
    });
  }
}
