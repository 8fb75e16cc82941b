import { type TextPosition } from '../../../errors/ParseError.js';
import { isReferenceCharacter } from '../references.js';
import { DoctypeEnd, StartTagEnd, TerminatorEnd, type TokenEnd } from './tokenEnds.js';
import { TextPlaces } from './TextPlaces.js';
import { type XmlRepairKind } from './XmlRepair.js';

/** The kinds of markup. */
export type MarkupKind = 'startTag' | 'endTag' | 'comment' | 'cdata' | 'doctype' | 'instruction';

/** What {@link LenientTokenizer} calls. */
export interface TokenSink {
  /** A piece of text, line ends normalised, without forbidden characters. */
  text(text: string, start: TextPosition): void;
  /** What is between the first characters of markup and the last, as it stands. */
  markup(kind: MarkupKind, content: string, start: TextPosition): void;
  /** What stands for a reference to the name or number; `undefined` where it is not text, and `enter` is called next. */
  resolve(name: string, start: TextPosition): string | undefined;
  enter(name: string, start: TextPosition): void;
  repair(kind: XmlRepairKind, start: TextPosition, text: string): void;
  /** Markup has grown to this length. */
  checkLength(length: number, start: TextPosition): void;
}

/** How the text is read. */
export interface TokenizerOptions {
  /** A longer reference is none. */
  readonly longestName: number;
  /** Where the text stands, if that is one place: of an entity's text. Its line ends are characters as others. */
  readonly pinned?: TextPosition | undefined;
}

const nameStart =
  /^[:A-Z_a-z\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]/u;
const openings: readonly (readonly [opening: string, kind: MarkupKind, end: () => TokenEnd])[] = [
  ['!--', 'comment', () => new TerminatorEnd('-->')],
  ['![CDATA[', 'cdata', () => new TerminatorEnd(']]>')],
  ['!DOCTYPE', 'doctype', () => new DoctypeEnd()],
  ['?', 'instruction', () => new TerminatorEnd('?>')],
  ['/', 'endTag', () => new TerminatorEnd('>')],
];
/** What text must be looked at for. */
const specials = /[<&\r\]\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * Takes the text of a document apart, as it arrives, and takes what starts no markup and no reference for text. What it calls does not
 * depend on where the text is cut.
 */
export class LenientTokenizer {
  readonly #sink: TokenSink;
  readonly #options: TokenizerOptions;
  readonly #places = new TextPlaces();
  /** Of the current piece. */
  #size = 0;
  #state: 'text' | 'open' | 'reference' | 'markup' = 'text';
  /** A CR at the end of a piece. */
  #held = '';
  /** The text that was read and not handed on, and where it starts. */
  #run = '';
  #runStart: TextPosition | undefined;
  /** How many "]" stand just before, and where the last two of them start. */
  #brackets: TextPosition[] = [];
  /** What was read behind "<" or "&", and where that is. */
  #begun = '';
  #start: TextPosition;
  #kind: MarkupKind = 'comment';
  #end: TokenEnd = new TerminatorEnd('>');
  #pieces: string[] = [];
  #length = 0;
  /** The reference to the first half of a character, which the one to the second may follow. */
  #high: { readonly code: number; readonly name: string; readonly start: TextPosition } | undefined;

  constructor(sink: TokenSink, options: TokenizerOptions) {
    this.#sink = sink;
    this.#options = options;
    this.#start = this.here();
  }

  /** The place behind all that was written. */
  here(): TextPosition {
    return this.#at(Number.POSITIVE_INFINITY);
  }

  /** Whether it is neither in markup nor in a reference. */
  get betweenMarkup(): boolean {
    return this.#state === 'text' || this.#state === 'reference';
  }

  /** Where the current token starts. */
  get start(): TextPosition {
    return this.#start;
  }

  write(text: string): void {
    const piece = this.#held + text;
    this.#held = '';
    if (this.#options.pinned === undefined && piece.endsWith('\r')) {
      this.#held = '\r';
      this.#read(piece.slice(0, -1));
    } else {
      this.#read(piece);
    }
  }

  /** Reads what was held back, since nothing that follows belongs to it. */
  release(): void {
    const held = this.#held;
    this.#held = '';
    if (held !== '') this.#read(held);
  }

  /** Hands on the text that was read so far, if it is this long. */
  flush(least = 1): void {
    if (this.#run.length < least) return;
    const run = this.#run;
    const start = this.#runStart ?? this.#start;
    this.#run = '';
    this.#runStart = undefined;
    this.#sink.text(run, start);
  }

  /** Reads the end of the text: what was begun there and is not markup is text. */
  end(): void {
    this.release();
    const end = this.#size;
    if (this.#state === 'reference') this.#bare('bareAmpersand', '&', end);
    this.#endHigh();
    this.flush();
  }

  #at(index: number): TextPosition {
    return this.#options.pinned ?? this.#places.at(Math.min(index, this.#size));
  }

  #read(piece: string): void {
    if (piece === '') return;
    this.#places.next(piece);
    this.#size = piece.length;
    let index = 0;
    while (index < piece.length) {
      switch (this.#state) {
        case 'text':
          index = this.#readText(piece, index);
          break;
        case 'open':
          index = this.#readOpening(piece, index);
          break;
        case 'reference':
          index = this.#readReference(piece, index);
          break;
        case 'markup':
          index = this.#readMarkup(piece, index);
          break;
      }
    }
  }

  #readText(piece: string, from: number): number {
    const first = piece.charAt(from);
    if (first === '>' && this.#brackets.length === 2) {
      this.#sink.repair('cdataEnd', this.#brackets[0] ?? this.#start, ']]>');
      this.#brackets = [];
    }
    specials.lastIndex = from;
    const at = specials.exec(piece)?.index ?? piece.length;
    if (at > from) {
      this.#append(piece.slice(from, at), from);
      this.#brackets = [];
      return at;
    }
    switch (first) {
      case '<':
        this.#endHigh();
        this.#begin('open', at);
        return at + 1;
      case '&':
        this.#begin('reference', at);
        return at + 1;
      case ']': {
        const [, second] = this.#brackets;
        const last = this.#at(at);
        this.#brackets = second === undefined ? [...this.#brackets, last] : [second, last];
        this.#append(']', at, true);
        return at + 1;
      }
      case '\r':
        this.#brackets = [];
        if (this.#options.pinned !== undefined) {
          this.#append('\r', at);
          return at + 1;
        }
        this.#append('\n', at);
        return piece.charAt(at + 1) === '\n' ? at + 2 : at + 1;
      default:
        this.#brackets = [];
        this.#sink.repair('forbiddenCharacter', this.#at(at), first);
        this.#append('\uFFFD', at);
        return at + 1;
    }
  }

  #begin(state: 'open' | 'reference', at: number): void {
    this.#brackets = [];
    this.#state = state;
    this.#begun = '';
    this.#start = this.#at(at);
  }

  /** Adds text, whose first character is at `at` of the piece. */
  #append(text: string, at: number, keepsBrackets = false): void {
    if (!keepsBrackets) this.#brackets = [];
    this.#endHigh();
    this.#runStart ??= this.#at(at);
    this.#run += text;
  }

  /** What was begun is text, and read on at `at`. */
  #bare(kind: 'bareAmpersand' | 'bareLessThan', sign: string, at: number): number {
    this.#endHigh();
    this.#sink.repair(kind, this.#start, sign + this.#begun);
    this.#runStart ??= this.#start;
    this.#run += sign + this.#begun;
    this.#state = 'text';
    return at;
  }

  #readOpening(piece: string, at: number): number {
    if (this.#begun === '') {
      const rest = piece.slice(at, at + 2);
      if (nameStart.test(rest)) return this.#beginMarkup('startTag', new StartTagEnd(), at);
    }
    this.#begun += piece.charAt(at);
    const known = openings.find(([opening]) => opening === this.#begun);
    if (known !== undefined) return this.#beginMarkup(known[1], known[2](), at + 1);
    if (openings.some(([opening]) => opening.startsWith(this.#begun))) return at + 1;
    this.#begun = this.#begun.slice(0, -1);
    return this.#bare('bareLessThan', '<', at);
  }

  #beginMarkup(kind: MarkupKind, end: TokenEnd, at: number): number {
    this.flush();
    this.#kind = kind;
    this.#end = end;
    this.#pieces = [];
    this.#length = 0;
    this.#state = 'markup';
    return at;
  }

  #readMarkup(piece: string, from: number): number {
    const end = this.#end.find(piece, from);
    const to = end === -1 ? piece.length : end;
    this.#length += to - from;
    this.#sink.checkLength(this.#length - this.#end.length, this.#start);
    this.#pieces.push(piece.slice(from, to));
    if (end === -1) return to;
    const content = this.#pieces.join('');
    this.#pieces = [];
    this.#state = 'text';
    this.#sink.markup(this.#kind, content.slice(0, content.length - this.#end.length), this.#start);
    return to;
  }

  #readReference(piece: string, from: number): number {
    let to = from;
    const room = this.#options.longestName - this.#begun.length;
    while (to < piece.length && to - from <= room && isReferenceCharacter(piece.charCodeAt(to))) to += 1;
    this.#begun += piece.slice(from, to);
    if (to === piece.length) return to;
    if (piece.charAt(to) !== ';' || this.#begun === '') return this.#bare('bareAmpersand', '&', to);
    this.#state = 'text';
    this.#reference(this.#begun);
    return to + 1;
  }

  #reference(name: string): void {
    const code = surrogateOf(name);
    const high = this.#high;
    if (high !== undefined && code >= 0xdc00) {
      this.#high = undefined;
      this.#sink.repair('surrogatePair', high.start, `&${high.name};&${name};`);
      this.#runStart ??= high.start;
      this.#run += String.fromCharCode(high.code, code);
      return;
    }
    this.#endHigh();
    if (code >= 0xd800 && code < 0xdc00) {
      this.#high = { code, name, start: this.#start };
      return;
    }
    const text = this.#sink.resolve(name, this.#start);
    if (text === undefined) {
      this.flush();
      this.#sink.enter(name, this.#start);
      return;
    }
    this.#runStart ??= this.#start;
    this.#run += text;
  }

  /** The reference to the first half of a character, before this, is not followed by one to the second. */
  #endHigh(): void {
    const high = this.#high;
    if (high === undefined) return;
    this.#high = undefined;
    this.#sink.repair('forbiddenCharacter', high.start, `&${high.name};`);
    this.#runStart ??= high.start;
    this.#run += '\uFFFD';
  }
}

/** The half of a character that a reference names by its number; 0 for all else. */
export function surrogateOf(name: string): number {
  const [, decimal, hexadecimal] = /^#(?:(\d+)|x([\da-fA-F]+))$/.exec(name) ?? [];
  const code = decimal === undefined ? parseInt(hexadecimal ?? '0', 16) : parseInt(decimal, 10);
  return code >= 0xd800 && code <= 0xdfff ? code : 0;
}
