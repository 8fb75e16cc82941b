import { LimitError } from '../errors/LimitError.js';
import { defaultLimits } from '../options/limits.js';
import { type IncrementalParser, type ParserOptions } from './IncrementalParser.js';
import { TextPieces } from './TextPieces.js';

/**
 * Splits text into lines, without their ends. A line ends with LF, CRLF or CR: the line ends of
 * [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream), so a lone CR
 * ends one too. In JSON Lines and similar formats, a CR is always part of a line end; and text with lone CRs uses them as
 * line ends. The last line needs no end; no empty line follows the last end.
 *
 * A line of more than `limits.lineCharacters` throws a `LimitError`.
 */
export function splitLines(options: ParserOptions = {}): IncrementalParser<string, string> {
  return new LineSplitter(options);
}

class LineSplitter implements IncrementalParser<string, string> {
  readonly #options: ParserOptions;
  readonly #limit: number;
  /** The pieces of the line that is still incomplete. */
  readonly #pieces = new TextPieces();
  #held = 0;
  /** Whether the last character was a CR, whose line was appended: an LF right after it belongs to the same line end. */
  #afterReturn = false;

  constructor(options: ParserOptions) {
    this.#options = options;
    this.#limit = (options.limits ?? defaultLimits).lineCharacters;
  }

  write(text: string, output: string[]): void {
    if (text === '') return;
    let start = this.#afterReturn && text.charCodeAt(0) === 0x0a ? 1 : 0;
    this.#afterReturn = false;
    // Each is only searched again once passed, so the time is linear in the length of the text.
    let feed = text.indexOf('\n', start);
    let carriageReturn = text.indexOf('\r', start);
    while (feed >= 0 || carriageReturn >= 0) {
      const byReturn = carriageReturn >= 0 && (feed < 0 || carriageReturn < feed);
      const end = byReturn ? carriageReturn : feed;
      this.#give(text.slice(start, end), output);
      start = end + 1;
      if (byReturn) {
        if (start === text.length) this.#afterReturn = true;
        else if (feed === start) start += 1;
        carriageReturn = text.indexOf('\r', start);
      }
      if (feed >= 0 && feed < start) feed = text.indexOf('\n', start);
    }
    if (start < text.length) this.#hold(text.slice(start));
  }

  end(output: string[]): void {
    if (this.#held > 0) this.#give('', output);
  }

  #give(rest: string, output: string[]): void {
    if (this.#held === 0) {
      this.#check(rest.length);
      output.push(rest);
      return;
    }
    this.#hold(rest);
    output.push(this.#pieces.take());
    this.#held = 0;
  }

  #hold(piece: string): void {
    this.#check(this.#held + piece.length);
    this.#pieces.add(piece);
    this.#held += piece.length;
  }

  #check(length: number): void {
    if (length > this.#limit)
      throw new LimitError('lineCharacters', this.#limit, { request: this.#options.request });
  }
}
