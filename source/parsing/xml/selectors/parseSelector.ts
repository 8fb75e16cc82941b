/** What stands between two compounds. */
export type TraversalType = 'descendant' | 'child' | 'adjacent' | 'sibling' | 'parent' | 'column-combinator';

/** How an attribute's value is compared. */
export type AttributeAction = 'exists' | 'equals' | 'element' | 'hyphen' | 'start' | 'end' | 'any' | 'not';

/** An attribute test; that of `#id` and `.class` has `'quirks'`. */
export interface AttributeSelector {
  readonly type: 'attribute';
  readonly name: string;
  /** The prefix: `null` where there is no `|`. */
  readonly namespace: string | null;
  readonly action: AttributeAction;
  readonly value: string;
  readonly ignoreCase: boolean | 'quirks' | null;
}

/** A pseudo-class; its name is in lower case. */
export interface PseudoSelector {
  readonly type: 'pseudo';
  readonly name: string;
  readonly data: string | null | readonly (readonly Selector[])[];
}

/** A combinator. */
export interface Traversal {
  readonly type: TraversalType;
}

/** A token of a selector. */
export type Selector =
  | { readonly type: 'tag'; readonly name: string; readonly namespace: string | null }
  | { readonly type: 'universal'; readonly namespace: string | null }
  | { readonly type: 'pseudo-element'; readonly name: string }
  | AttributeSelector
  | PseudoSelector
  | Traversal;

const combinators: Readonly<Record<string, TraversalType>> = {
  ' ': 'descendant',
  '>': 'child',
  '+': 'adjacent',
  '~': 'sibling',
  '<': 'parent',
  '||': 'column-combinator',
};
const actions: Readonly<Record<string, AttributeAction>> = {
  '': 'equals',
  '~': 'element',
  '|': 'hyphen',
  '^': 'start',
  $: 'end',
  '*': 'any',
  '!': 'not',
};
/** Any character may come first: what is no name of XML is refused as that, by its own words. */
const identifier = /[^#\\]?(?:\\(?:[\da-f]{1,6}(?:\r\n|\s)?|[^\da-f\n\r\f])|[-\w\x80-\uFFFF])+/iy;
const quotedText = /"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'/y;
const blank = /(?:[ \t\r\n\f]|\/\*[^]*?\*\/)*/y;

/** Whether a token is a combinator. */
export function isTraversal(token: Selector): token is Traversal {
  return Object.values(combinators).includes(token.type as TraversalType);
}

/**
 * Reads a list of selectors into their tokens. It throws an `Error` that says where it cannot go on; what the tokens mean, and
 * whether they can be had, is for others to say.
 *
 * @see https://www.w3.org/TR/selectors-4/#grammar
 */
export function parseSelector(selector: string): Selector[][] {
  const reader = new SelectorReader(selector);
  if (reader.isEmpty()) return [];
  const lists = reader.list();
  reader.end();
  return lists;
}

class SelectorReader {
  readonly #text: string;
  #at = 0;

  constructor(selector: string) {
    this.#text = selector;
  }

  end(): void {
    if (this.#at < this.#text.length) this.#fail('a selector');
  }

  /** Whether nothing is left but white space. */
  isEmpty(): boolean {
    this.#match(blank);
    return this.#at === this.#text.length;
  }

  /** Selectors with commas between them. */
  list(): Selector[][] {
    const lists: Selector[][] = [];
    do {
      this.#match(blank);
      lists.push(this.#complex());
    } while (this.#accept(','));
    return lists;
  }

  #complex(): Selector[] {
    const tokens: Selector[] = [];
    for (;;) {
      // A comment alone is no combinator.
      const spaced = /^\s|\s$/.test(this.#match(blank));
      const [sign] = /^(?:\|\||[>+~<])/.exec(this.#text.slice(this.#at, this.#at + 2)) ?? [];
      const last = tokens.at(-1);
      if (sign !== undefined) {
        if (last !== undefined && isTraversal(last)) this.#fail('a compound behind a combinator');
        this.#at += sign.length;
        tokens.push({ type: combinators[sign] ?? 'descendant' });
        continue;
      }
      if (this.#at === this.#text.length || this.#sees(',') || this.#sees(')')) break;
      if (spaced && last !== undefined && !isTraversal(last)) tokens.push({ type: 'descendant' });
      tokens.push(this.#simple());
    }
    if (tokens.length === 0) this.#fail('a selector');
    return tokens;
  }

  #simple(): Selector {
    if (this.#accept('#')) return this.#quirk('id', 'equals');
    if (this.#accept('.')) return this.#quirk('class', 'element');
    if (this.#accept('[')) return this.#attribute();
    if (this.#accept('::')) {
      const name = this.#name().toLowerCase();
      if (this.#accept('(')) this.#argument();
      return { type: 'pseudo-element', name };
    }
    if (this.#accept(':')) return this.#pseudo();
    const [namespace, name] = this.#qualified(true);
    return name === '*' ? { type: 'universal', namespace } : { type: 'tag', name, namespace };
  }

  #quirk(name: string, action: AttributeAction): AttributeSelector {
    return { type: 'attribute', name, namespace: null, action, value: this.#name(), ignoreCase: 'quirks' };
  }

  /** A name that may have a prefix before it, `*` for any, or nothing before a `|`. */
  #qualified(isType: boolean): [namespace: string | null, name: string] {
    const part = (): string => (this.#accept('*') ? '*' : this.#name());
    const bar = (): boolean => this.#sees('|') && !this.#sees('||') && !this.#sees('|=') && this.#accept('|');
    if (bar()) return ['', isType ? part() : this.#name()];
    const first = part();
    if (bar()) return [first, isType ? part() : this.#name()];
    if (first === '*' && !isType) this.#fail('"|"');
    return [null, first];
  }

  #attribute(): AttributeSelector {
    this.#match(blank);
    const [namespace, name] = this.#qualified(false);
    this.#match(blank);
    let action: AttributeAction = 'exists';
    let value = '';
    let ignoreCase: boolean | null = null;
    if (!this.#sees(']')) {
      const sign = this.#match(/[~|^$*!]?=/y);
      if (sign === '') this.#fail('an operator or "]"');
      action = actions[sign.slice(0, -1)] ?? 'equals';
      this.#match(blank);
      value = this.#sees('"') || this.#sees("'") ? this.#quoted() : this.#name();
      this.#match(blank);
      const flag = this.#match(/[is]/iy);
      if (flag !== '') ignoreCase = /i/i.test(flag);
      this.#match(blank);
    }
    if (!this.#accept(']')) this.#fail('"]"');
    return { type: 'attribute', name, namespace, action, value, ignoreCase };
  }

  #pseudo(): Selector {
    const name = this.#name().toLowerCase();
    if (/^(?:before|after|first-line|first-letter)$/.test(name)) return { type: 'pseudo-element', name };
    if (!this.#accept('(')) return { type: 'pseudo', name, data: null };
    if (!/^(?:is|where|not|has|matches)$/.test(name)) return { type: 'pseudo', name, data: this.#argument() };
    const data = this.list();
    if (!this.#accept(')')) this.#fail('")"');
    return { type: 'pseudo', name, data };
  }

  /** What stands before the parenthesis that closes. */
  #argument(): string {
    const from = this.#at;
    for (let depth = 1; ; this.#at += 1) {
      if (this.#at >= this.#text.length) this.#fail('")"');
      if (this.#accept('\\')) continue;
      if (this.#sees('(')) depth += 1;
      else if (this.#sees(')') && (depth -= 1) === 0) break;
    }
    const argument = this.#text.slice(from, this.#at).trim();
    this.#at += 1;
    return argument;
  }

  #name(): string {
    const name = this.#match(identifier);
    if (name === '') this.#fail('a name');
    return withoutEscapes(name);
  }

  #quoted(): string {
    const quoted = this.#match(quotedText);
    if (quoted === '') this.#fail('a closing quotation mark');
    return withoutEscapes(quoted.slice(1, -1));
  }

  #sees(what: string): boolean {
    return this.#text.startsWith(what, this.#at);
  }

  #accept(what: string): boolean {
    const accepted = this.#sees(what);
    if (accepted) this.#at += what.length;
    return accepted;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #fail(expected: string): never {
    const rest = this.#text.slice(this.#at);
    throw new Error(`${expected} is missing before ${rest === '' ? 'its end' : JSON.stringify(rest)}`);
  }
}

/** A name or a text without its escapes. */
function withoutEscapes(escaped: string): string {
  return escaped.replace(
    /\\(?:([\da-f]{1,6})(?:\r\n|\s)?|([^]))/gi,
    (_, code: string | undefined, character: string) => {
      if (code === undefined) return character === '\n' ? '' : character;
      const number = parseInt(code, 16);
      const isCharacter = number > 0 && number <= 0x10ffff && (number < 0xd800 || number > 0xdfff);
      return isCharacter ? String.fromCodePoint(number) : '\uFFFD';
    },
  );
}
