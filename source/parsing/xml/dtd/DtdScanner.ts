import { isNCName } from '../names.js';
import { XmlFault } from '../XmlFault.js';

/** A cursor over declarations. Its faults say what is missing; where, `place` tells. */
export class DtdScanner {
  #text: string;
  #index = 0;
  /** Where what was looked for last starts or should start. */
  #start = 0;
  /** The reference to the outermost parameter entity whose text is being read. */
  #reference: number | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether nothing is left. */
  get done(): boolean {
    return this.#index >= this.#text.length;
  }

  /** Characters of the document type declaration before what was looked for last. */
  get place(): number {
    return this.#reference ?? this.#start;
  }

  fail(detail: string, advice?: string): never {
    throw new XmlFault(detail, advice);
  }

  /** Has the text of a parameter entity read, to which a reference at `place` refers. */
  within(text: string, place: number, read: () => void): void {
    const outer = [this.#text, this.#index, this.#reference] as const;
    [this.#text, this.#index, this.#reference] = [text, 0, place];
    read();
    [this.#text, this.#index, this.#reference] = outer;
  }

  /** Whether there was any white space to skip. */
  skipSpace(): boolean {
    const skipped = this.match(/[ \t\r\n]+/y) !== '';
    this.#start = this.#index;
    return skipped;
  }

  requireSpace(): void {
    if (!this.skipSpace()) this.fail('white space is missing');
  }

  /** Whether `text` comes next. */
  sees(text: string): boolean {
    this.#start = this.#index;
    return this.#text.startsWith(text, this.#index);
  }

  /** Whether `text` came next; then it is read. */
  accept(text: string): boolean {
    const accepted = this.sees(text);
    if (accepted) this.#index += text.length;
    return accepted;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(`"${text}" is missing`);
  }

  /** Reads what a sticky pattern matches here; `''` where it does not. */
  match(pattern: RegExp): string {
    this.#start = pattern.lastIndex = this.#index;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.#index += found.length;
    return found;
  }

  /** A name that may have a prefix. */
  qualifiedName(): string {
    return this.#name((token) => {
      const parts = token.split(':');
      return parts.length <= 2 && parts.every(isNCName);
    });
  }

  /** A name without a colon, as namespaces want it of all that is neither element nor attribute. */
  plainName(): string {
    return this.#name(isNCName);
  }

  /** A name token: name characters in any order. */
  nameToken(): string {
    // Behind a letter every name character may stand, but the colon, which isNCName does not know.
    return this.#name((token) => token !== '' && isNCName(`a${token.replaceAll(':', '')}`));
  }

  /** What stands between quotes, if a quote comes next. */
  literal(): string | undefined {
    const quote = this.match(/["']/y);
    return quote === '' ? undefined : this.until(quote);
  }

  /** What stands between quotes. */
  quoted(): string {
    return this.literal() ?? this.fail('a quoted value is missing');
  }

  /** What stands before `terminator`, which is read too. */
  until(terminator: string): string {
    const to = this.#text.indexOf(terminator, this.#index);
    if (to === -1) this.fail(`"${terminator}" is missing`);
    const text = this.#text.slice(this.#index, to);
    this.#index = to + terminator.length;
    return text;
  }

  #name(isLegal: (token: string) => boolean): string {
    const token = this.match(/[^\s<>()|,*+?"'%;&=/#[\]!]+/y);
    if (!isLegal(token)) this.fail('a name is missing or malformed');
    return token;
  }
}
