import { type ResolvedName } from '../NamespaceScopes.js';
import { namespaces } from '../namespaces.js';
import { type NameTable } from './NameTable.js';

/** A document with more resolved names, or longer URIs in all, is read another way. */
const mostNames = 16_384;
const mostCharacters = 262_144;
/** So many scopes are remembered; then it begins anew. */
const mostScopes = 128;

/** The names of one document with their namespaces, each once, known by a number. */
export class ResolvedNames {
  readonly list: ResolvedName[] = [];
  /** By number: the number of its local name and namespace together. */
  readonly expanded: number[] = [];
  /** The scopes that there are inside of others, by the outer's number and the declarations. */
  readonly scopes = new Map<string, NamespaceScope>();
  scopesMade = 0;
  readonly #numbers = new Map<string, number>();
  readonly #expanded = new Map<string, number>();
  #characters = 0;

  /** The number of a name; -1 where it is one too many. */
  add(name: ResolvedName): number {
    // A name holds no blank, so that name and URI cannot be mixed up.
    const key = `${name.name} ${name.uri}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#characters += name.uri.length;
    if (this.list.length >= mostNames || this.#characters > mostCharacters) return -1;
    const expandedKey = `${name.local} ${name.uri}`;
    let expanded = this.#expanded.get(expandedKey);
    if (expanded === undefined) this.#expanded.set(expandedKey, (expanded = this.#expanded.size));
    this.expanded.push(expanded);
    const number = this.list.push(name) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}

/**
 * What prefixes stand for somewhere in a document. It never changes, and the same declarations in the same scope give the same
 * scope, so that what a document says again and again is resolved once.
 *
 * @see https://www.w3.org/TR/xml-names/
 */
export class NamespaceScope {
  /** By the name's number: the number of the resolved name + 1, where it was resolved already. */
  elements = new Int32Array(64);
  attributes = new Int32Array(64);
  readonly #number: number;
  readonly #uris: ReadonlyMap<string, string>;
  readonly #names: NameTable;
  readonly #resolved: ResolvedNames;

  constructor(
    names: NameTable,
    resolved: ResolvedNames,
    uris: ReadonlyMap<string, string> = new Map([
      ['xml', namespaces.xml],
      ['xmlns', namespaces.xmlns],
    ]),
  ) {
    this.#number = resolved.scopesMade += 1;
    this.#names = names;
    this.#resolved = resolved;
    this.#uris = uris;
  }

  /** The scope inside an element with these declarations (name, value, name, …); `undefined` where one is not allowed. */
  declare(declarations: readonly string[]): NamespaceScope | undefined {
    const { scopes } = this.#resolved;
    // No XML holds U+0000.
    const key = `${this.#number}\0${declarations.join('\0')}`;
    const known = scopes.get(key);
    if (known !== undefined) return known;
    const uris = new Map(this.#uris);
    for (let index = 0; index < declarations.length; index += 2) {
      const prefix = declarations[index]!.slice(6);
      const uri = declarations[index + 1]!;
      if ((prefix === 'xml') !== (uri === namespaces.xml)) return undefined;
      if (prefix === 'xmlns' || uri === namespaces.xmlns || (uri === '' && prefix !== '')) return undefined;
      uris.set(prefix, uri);
    }
    const inner = new NamespaceScope(this.#names, this.#resolved, uris);
    // What is declared here is a part of the document in memory; what is remembered must not grow with it.
    if (scopes.size >= mostScopes) scopes.clear();
    if (key.length < mostCharacters / mostScopes) scopes.set(key, inner);
    return inner;
  }

  /** Resolves an element's name, told by its number; -1 where that cannot be. */
  element(number: number): number {
    const resolved = this.#resolve(number, this.#uris.get('') ?? '');
    if (resolved === undefined || resolved.prefix === 'xmlns') return -1;
    const result = this.#resolved.add(resolved);
    if (number >= this.elements.length) this.elements = lengthened(this.elements, number + 1);
    this.elements[number] = result + 1;
    return result;
  }

  /** Resolves an attribute's. */
  attribute(number: number): number {
    const resolved = this.#resolve(number, this.#names.names[number] === 'xmlns' ? namespaces.xmlns : '');
    if (resolved === undefined) return -1;
    const result = this.#resolved.add(resolved);
    if (number >= this.attributes.length) this.attributes = lengthened(this.attributes, number + 1);
    this.attributes[number] = result + 1;
    return result;
  }

  #resolve(number: number, bare: string): ResolvedName | undefined {
    const name = this.#names.names[number]!;
    const colon = name.indexOf(':');
    if (colon === -1) return { name, prefix: '', local: name, uri: bare };
    const prefix = name.slice(0, colon);
    const uri = this.#uris.get(prefix);
    return uri === undefined ? undefined : { name, prefix, local: name.slice(colon + 1), uri };
  }
}

/** The same with room for so many numbers at least. */
export function lengthened(old: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const list = new Int32Array(Math.max(old.length * 2, needed));
  list.set(old);
  return list;
}
