import { namespaces } from './namespaces.js';
import { setBounded } from './kept.js';
import { isNCName } from './names.js';
import { type XmlAttribute } from './XmlHandler.js';

/** A name, its prefix resolved. */
export interface ResolvedName {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
}

/** An attribute as it was read. */
export interface RawAttribute {
  readonly name: string;
  readonly value: string;
}

/** What is read on through, where somebody wants that: called with the name that is wrong. */
export interface NamespaceMercy {
  /** A prefix that nothing declares: the name is taken as it stands, in no namespace. */
  readonly undeclared: (name: string) => void;
  /** An attribute that is the same as one before it: that one stands. */
  readonly duplicate: (name: string) => void;
}

/** What the declarations of one element hold for, and the names resolved in it. */
interface Scope {
  readonly outer: Scope | undefined;
  /** How many elements are open around its element. */
  readonly depth: number;
  /** What its prefixes stood for outside. */
  readonly hidden: Map<string, string | undefined>;
  readonly elements: Map<string, ResolvedName>;
  readonly attributes: Map<string, ResolvedName>;
}

/**
 * Resolves the names of one document. A name is taken apart and looked up once for each scope: what a document says again
 * and again costs a look-up, and its strings exist once.
 *
 * @see https://www.w3.org/TR/xml-names/
 */
export class NamespaceScopes {
  /** XML 1.1 can take a prefix's declaration back. */
  version: '1.0' | '1.1' = '1.0';
  readonly #fail: (detail: string, advice?: string) => never;
  readonly #mercy: NamespaceMercy | undefined;
  readonly #uris = new Map<string, string | undefined>([
    ['xml', namespaces.xml],
    ['xmlns', namespaces.xmlns],
  ]);
  #scope = newScope(undefined, -1);

  /** @param fail - called with what is wrong; it has to throw. */
  constructor(fail: (detail: string, advice?: string) => never, mercy?: NamespaceMercy) {
    this.#fail = fail;
    this.#mercy = mercy;
  }

  /** Takes the declarations of an element that is opened inside `depth` others. */
  open(attributes: readonly RawAttribute[], depth: number): void {
    for (const { name, value } of attributes) {
      if (!name.startsWith('xmlns') || (name.length > 5 && name.charAt(5) !== ':')) continue;
      if (this.#scope.depth !== depth) this.#scope = newScope(this.#scope, depth);
      this.#declare(name.slice(6), name, value);
    }
  }

  /** Drops the declarations of an element that was opened inside `depth` others. */
  close(depth: number): void {
    const { outer, hidden } = this.#scope;
    if (this.#scope.depth !== depth || outer === undefined) return;
    for (const [prefix, uri] of hidden) this.#uris.set(prefix, uri);
    this.#scope = outer;
  }

  /** The name of an element. */
  element(name: string): ResolvedName {
    const { elements } = this.#scope;
    const known = elements.get(name);
    if (known !== undefined) return known;
    const resolved = this.#lenient(name) ?? this.#resolve(name, this.#uris.get('') ?? '');
    if (resolved.prefix === 'xmlns')
      this.#fail(`<${name}> is not allowed: an element cannot have the prefix xmlns`);
    return resolved.local === name && name.includes(':') ? resolved : setBounded(elements, name, resolved);
  }

  /** The attributes of an element. */
  attributes(given: readonly RawAttribute[]): readonly XmlAttribute[] {
    const known = this.#scope.attributes;
    const seen = given.length > 1 ? new Set<string>() : undefined;
    if (this.#mercy !== undefined) return this.#lenientAttributes(given, this.#mercy);
    return given.map(({ name: written, value }) => {
      const { name, prefix, local, uri } =
        known.get(written) ??
        setBounded(known, written, this.#resolve(written, written === 'xmlns' ? namespaces.xmlns : ''));
      if (seen !== undefined) {
        // A name holds no blank, so that name and URI cannot be mixed up.
        const expanded = `${local} ${uri}`;
        if (seen.has(expanded)) this.#fail(`the attribute ${name} is there twice`);
        seen.add(expanded);
      }
      return { name, prefix, local, uri, value };
    });
  }

  /** The attributes, read on through what is wrong. */
  #lenientAttributes(given: readonly RawAttribute[], { duplicate }: NamespaceMercy): readonly XmlAttribute[] {
    const seen = new Set<string>();
    return given.flatMap(({ name, value }) => {
      const resolved = this.#lenient(name) ?? this.#resolve(name, name === 'xmlns' ? namespaces.xmlns : '');
      const expanded = `${resolved.local} ${resolved.uri}`;
      if (seen.has(expanded)) {
        duplicate(name);
        return [];
      }
      seen.add(expanded);
      return [{ ...resolved, value }];
    });
  }

  /** The name as it stands, where its prefix is not declared and that is read on through; reported each time. */
  #lenient(name: string): ResolvedName | undefined {
    const colon = this.#mercy === undefined ? -1 : name.indexOf(':');
    if (colon === -1 || this.#uris.get(name.slice(0, colon)) !== undefined) return undefined;
    this.#mercy?.undeclared(name);
    return { name, prefix: '', local: name, uri: '' };
  }

  #resolve(name: string, bare: string): ResolvedName {
    const colon = name.indexOf(':');
    if (colon === -1) return { name, prefix: '', local: name, uri: bare };
    const [prefix, local] = [name.slice(0, colon), name.slice(colon + 1)];
    if (!isNCName(prefix) || !isNCName(local)) this.#fail(`"${name}" is not a name with one prefix`);
    const uri = this.#uris.get(prefix);
    if (uri === undefined)
      this.#fail(`the prefix "${prefix}" is not declared`, `declare it: xmlns:${prefix}="…"`);
    return { name, prefix, local, uri };
  }

  #declare(prefix: string, name: string, uri: string): void {
    const { hidden } = this.#scope;
    if ((prefix === 'xml') !== (uri === namespaces.xml) || prefix === 'xmlns' || uri === namespaces.xmlns) {
      this.#fail(
        `the declaration ${name}="${uri}" is not allowed: xml and xmlns stand for their own namespaces, and only they do`,
      );
    }
    if (uri === '' && prefix !== '' && this.version === '1.0') {
      this.#fail(`the declaration ${name}="" is not allowed in XML 1.0`);
    }
    if (!hidden.has(prefix)) hidden.set(prefix, this.#uris.get(prefix));
    this.#uris.set(prefix, uri === '' ? undefined : uri);
  }
}

function newScope(outer: Scope | undefined, depth: number): Scope {
  return { outer, depth, hidden: new Map(), elements: new Map(), attributes: new Map() };
}
