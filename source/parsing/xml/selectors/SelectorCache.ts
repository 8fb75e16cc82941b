import { setBounded } from '../kept.js';
import { isNCName } from '../names.js';
import { type CompiledSelector, type CompileOptions, compileSelector } from './compileSelector.js';
import { type Namespaces, resolvePrefix } from './resolvePrefix.js';

/** An attribute's name, its prefix resolved. */
export interface AttributeName {
  readonly local: string;
  readonly uri: string;
}

/** What queries on elements were compiled to: a query in a loop costs a look-up; some may be put together at run time. */
export class SelectorCache {
  /** What the prefixes in selectors stand for. */
  readonly namespaces: Namespaces;
  readonly #hasColons: boolean;
  readonly #selectors = new Map<string, CompiledSelector>();
  readonly #attributes = new Map<string, AttributeName>();

  constructor(namespaces: Namespaces, { hasColons = false }: Pick<CompileOptions, 'hasColons'> = {}) {
    this.namespaces = { ...namespaces };
    this.#hasColons = hasColons;
  }

  /** A selector relative to an element. */
  selector(selector: string): CompiledSelector {
    const known = this.#selectors.get(selector);
    if (known !== undefined) return known;
    return setBounded(
      this.#selectors,
      selector,
      compileSelector(selector, this.namespaces, { relative: true, hasColons: this.#hasColons }),
    );
  }

  /** The attribute that `'id'` or `'g|id'` stands for; throws a `TypeError` where the prefix is not known. */
  attribute(name: string): AttributeName {
    return this.#attributes.get(name) ?? setBounded(this.#attributes, name, this.#attributeName(name));
  }

  #attributeName(name: string): AttributeName {
    const bar = name.indexOf('|');
    const prefix = name.slice(0, Math.max(bar, 0));
    const local = name.slice(bar + 1);
    if (bar === -1 && this.#hasColons && name.split(':').every(isNCName)) return { local, uri: '' };
    if (!isNCName(local) || (prefix !== '' && !isNCName(prefix))) {
      throw new TypeError(
        `${JSON.stringify(name)} is no name of an attribute: write 'id', or 'g|id' with namespaces`,
      );
    }
    return { local, uri: prefix === '' ? '' : resolvePrefix(prefix, this.namespaces, name) };
  }
}
