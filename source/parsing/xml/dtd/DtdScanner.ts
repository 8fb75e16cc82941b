import { isNCName } from '../selectors/isNCName.js';
import { XmlFault } from '../XmlFault.js';

/** A cursor over declarations. */
export class DtdScanner {
  readonly text: string;
  index = 0;
  /** The place that errors name, where the text is a parameter entity's: that of the reference. */
  readonly #place: number | undefined;

  constructor(text: string, place?: number) {
    this.text = text;
    this.#place = place;
  }

  /** Whether nothing is left. */
  get done(): boolean {
    return this.index >= this.text.length;
  }

  /** The place of the next character, as errors name it. */
  get place(): number {
    return this.#place ?? this.index;
  }

  fail(detail: string, advice?: string): never {
    throw new XmlFault(detail, { index: this.place, advice });
  }

  /** Whether there was any white space to skip. */
  skipSpace(): boolean {
    return this.#match(/[ \t\r\n]+/y) !== '';
  }

  requireSpace(after: string): void {
    if (!this.skipSpace()) this.fail(`there is no white space after ${after}`);
  }

  /** Whether `text` came next; then it is read. */
  accept(text: string): boolean {
    if (!this.text.startsWith(text, this.index)) return false;
    this.index += text.length;
    return true;
  }

  expect(text: string, inside: string): void {
    if (!this.accept(text)) this.fail(`"${text}" is missing in ${inside}`);
  }

  /** A name that may have a prefix. */
  qualifiedName(of: string): string {
    const token = this.#token();
    const parts = token.split(':');
    if (parts.length > 2 || !parts.every(isNCName))
      this.#failAt(token, `the name of ${of} is missing or malformed`);
    return token;
  }

  /** A name without a colon, as namespaces want it of all that is neither element nor attribute. */
  plainName(of: string): string {
    const token = this.#token();
    if (!isNCName(token)) this.#failAt(token, `the name of ${of} is missing or malformed`);
    return token;
  }

  /** A name token: name characters in any order. */
  nameToken(of: string): string {
    const token = this.#token();
    // Behind a letter every name character may stand, but the colon, which isNCName does not know.
    const legal = token !== '' && isNCName(`a${token.replaceAll(':', '')}`);
    if (!legal) this.#failAt(token, `a name token of ${of} is missing or malformed`);
    return token;
  }

  /** What stands between quotes. */
  quoted(what: string): string {
    const quote = this.text[this.index];
    if (quote !== '"' && quote !== "'") this.fail(`${what} is missing or not quoted`);
    const from = this.index + 1;
    const to = this.text.indexOf(quote, from);
    if (to === -1) this.fail(`${what} has no closing quote`);
    this.index = to + 1;
    return this.text.slice(from, to);
  }

  /** What stands before `terminator`, which is read too. */
  until(terminator: string, what: string): string {
    const from = this.index;
    const to = this.text.indexOf(terminator, from);
    if (to === -1) this.fail(`${what} has no "${terminator}"`);
    this.index = to + terminator.length;
    return this.text.slice(from, to);
  }

  #token(): string {
    return this.#match(/[^\s<>()|,*+?"'%;&=/#[\]!]+/y);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.index;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.index += found.length;
    return found;
  }

  #failAt(token: string, detail: string): never {
    this.index -= token.length;
    this.fail(detail);
  }
}
