import { type Dtd } from './dtd/Dtd.js';

/** The names in a start tag that is read character by character: the element's and its attributes'. */
export class StartTagNames {
  #element = '';
  #name = '';
  readonly #attributes = new Set<string>();

  /** Takes the first character of an element's name. */
  begin(character: string): void {
    this.#element = '';
    this.#name = character;
    this.#attributes.clear();
  }

  /** Takes a further character of a name. */
  add(character: string): void {
    this.#name += character;
  }

  /** Takes what ends a name. */
  end(): void {
    if (this.#name === '') return;
    if (this.#element === '') this.#element = this.#name;
    else this.#attributes.add(this.#name);
    this.#name = '';
  }

  /** What the tag gets at its end: the attributes that have a default and are not there. */
  missingDefaults({ attributes }: Dtd): string {
    this.end();
    let missing = '';
    for (const [name, { defaultText }] of attributes.get(this.#element) ?? []) {
      if (defaultText !== undefined && !this.#attributes.has(name)) missing += ` ${name}="${defaultText}"`;
    }
    return missing;
  }
}
