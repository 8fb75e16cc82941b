import { namespaces } from '../../../parsing/xml/namespaces.js';

/**
 * The namespaces in scope at a place in the XML being written: the standard's
 * [namespace prefix map](https://w3c.github.io/DOM-Parsing/#dfn-namespace-prefix-map), local prefixes map and inherited ns.
 *
 * Note: it maps prefixes to namespaces, not the reverse, so that a redeclared prefix is never used for its former namespace.
 */
export class NamespacesInScope {
  /** The namespace of elements without a prefix; `null` if they have none. */
  defaultNamespace: string | null = null;
  /** The prefixes, in the order of their declarations; shared with the outer scopes until one is declared here. */
  #prefixes = new Map<string, string>([['xml', namespaces.xml]]);
  #ownsPrefixes = false;
  /** The prefixes used in the start tag itself: they cannot be declared again. */
  #taken = new Set<string>();
  /** The number of the next generated prefix, counted over the whole document. */
  #prefixIndex = { value: 1 };

  /** Returns the scope of an element inside this one, before its declarations. */
  inner(): NamespacesInScope {
    const scope = new NamespacesInScope();
    scope.defaultNamespace = this.defaultNamespace;
    scope.#prefixes = this.#prefixes;
    scope.#prefixIndex = this.#prefixIndex;
    return scope;
  }

  /** Whether a prefix stands for a namespace. */
  has(prefix: string, namespace: string): boolean {
    return this.#prefixes.get(prefix) === namespace;
  }

  /** Records that the start tag declares a prefix. */
  add(prefix: string, namespace: string): void {
    if (!this.#ownsPrefixes) this.#prefixes = new Map(this.#prefixes);
    this.#ownsPrefixes = true;
    this.#prefixes.delete(prefix);
    this.#prefixes.set(prefix, namespace);
    this.#taken.add(prefix);
  }

  /**
   * [Retrieves a preferred prefix string](https://w3c.github.io/DOM-Parsing/#dfn-retrieving-a-preferred-prefix-string): the
   * preferred one if it stands for the namespace, else the last that does; `undefined` if there is none.
   */
  use(namespace: string | null, preferred: string | null): string | undefined {
    if (namespace === null) return undefined;
    let found: string | undefined;
    if (preferred !== null && this.has(preferred, namespace)) found = preferred;
    else for (const [prefix, uri] of this.#prefixes) if (uri === namespace) found = prefix;
    if (found !== undefined) this.#taken.add(found);
    return found;
  }

  /**
   * Declares a prefix for a namespace that has none: the preferred one unless it stands for another namespace in this start tag,
   * else one that is [generated](https://w3c.github.io/DOM-Parsing/#dfn-generating-a-prefix).
   */
  declare(namespace: string, preferred: string | null): string {
    let prefix = preferred;
    while (prefix === null || this.#taken.has(prefix) || /^xml(?:ns)?$/.test(prefix)) {
      const generated = `ns${this.#prefixIndex.value}`;
      this.#prefixIndex.value += 1;
      // A prefix of another namespace may be needed further inside.
      prefix = this.#prefixes.has(generated) ? null : generated;
    }
    this.add(prefix, namespace);
    return prefix;
  }
}
