const greaterThan = 0x3e;
const equalsSign = 0x3d;

/** Finds the end of markup that comes in pieces. */
export interface TokenEnd {
  /** How many characters the end has that are not part of the content. */
  readonly length: number;
  /** Where the markup ends in the piece, looked at from here on; -1 where it does not. */
  find(piece: string, from: number): number;
}

/** Ends at the first of these characters. */
export class TerminatorEnd implements TokenEnd {
  readonly length: number;
  readonly #terminator: string;
  /** The last characters of the pieces before, as many as may be the beginning of the terminator. */
  #tail = '';

  constructor(terminator: string) {
    this.#terminator = terminator;
    this.length = terminator.length;
  }

  find(piece: string, from: number): number {
    const { length } = this;
    const tail = this.#tail;
    // The border first; then the piece itself, which need not be copied.
    const border = (tail + piece.slice(from, from + length - 1)).indexOf(this.#terminator);
    if (border !== -1) return from + border + length - tail.length;
    const at = piece.indexOf(this.#terminator, from);
    if (at !== -1) return at + length;
    this.#tail = (tail + piece.slice(Math.max(from, piece.length - length + 1))).slice(1 - length);
    if (length === 1) this.#tail = '';
    return -1;
  }
}

/** Ends at the ">" that is not in a value; only what follows a "=" is one. */
export class StartTagEnd implements TokenEnd {
  readonly length = 1;
  #state: 'tag' | 'equals' | 'unquoted' | '"' | "'" = 'tag';

  find(piece: string, from: number): number {
    for (let index = from; index < piece.length; index += 1) {
      const state = this.#state;
      if (state === '"' || state === "'") {
        const end = piece.indexOf(state, index);
        if (end === -1) return -1;
        index = end;
        this.#state = 'tag';
        continue;
      }
      const code = piece.charCodeAt(index);
      if (code === greaterThan) return index + 1;
      if (state === 'tag') {
        if (code === equalsSign) this.#state = 'equals';
        continue;
      }
      const isSpace = code === 0x20 || (code <= 0xd && code >= 0x9);
      if (state === 'unquoted') {
        if (isSpace) this.#state = 'tag';
      } else if (!isSpace) {
        this.#state = code === 0x22 ? '"' : code === 0x27 ? "'" : 'unquoted';
      }
    }
    return -1;
  }
}

/** Ends at the ">" that is neither in a literal, a comment nor an internal subset. */
export class DoctypeEnd implements TokenEnd {
  readonly length = 1;
  /** What ends what is being read, innermost last. */
  #ends: string[] = [];
  #recent = '';

  find(piece: string, from: number): number {
    for (let index = from; index < piece.length; index += 1) {
      const character = piece.charAt(index);
      this.#recent = this.#recent.slice(-3) + character;
      const end = this.#ends.at(-1);
      if (end !== undefined && this.#recent.endsWith(end)) {
        this.#ends.pop();
        this.#recent = '';
      } else if (end === undefined || end === ']' || end === '>') {
        if (character === '"' || character === "'") this.#ends.push(character);
        else if (this.#recent.endsWith('<!--')) this.#ends[this.#ends.length - 1] = '-->';
        else if (this.#recent.endsWith('<?')) this.#ends[this.#ends.length - 1] = '?>';
        else if (character === '<') this.#ends.push('>');
        else if (character === '[') this.#ends.push(']');
        else if (character === '>') return index + 1;
      }
    }
    return -1;
  }
}
