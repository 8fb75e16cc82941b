import { combineHeaders, filterHeaders, getHeaderValues, indexOfHeader } from '../http/headerList.js';

/** Header fields as a record, such as Node's `IncomingHttpHeaders`: `undefined` omits a field, an array repeats it. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Header fields by case-insensitive name, in the order in which they arrived. Repeated fields are combined with `', '` as
 * [Fetch](https://fetch.spec.whatwg.org/#concept-header-list-get) does; {@link HeaderMap.getAll} and
 * {@link HeaderMap.getSetCookie} keep them separate. Iteration yields lower-case names.
 *
 * The map is built when it is first read: unread headers cost nothing.
 *
 * @example
 * ```ts
 * import { HeaderMap } from 'readystream';
 *
 * const headers = HeaderMap.from({ Accept: 'application/xml' });
 * console.log(headers.get('ACCEPT')); // application/xml
 * ```
 */
export class HeaderMap implements ReadonlyMap<string, string> {
  /**
   * Alternating names and values, as sent or received: `['Accept', 'text/xml', 'X-Id', '1']`. Node's adapter keeps the order and
   * letter case of a response's fields; browsers sort and combine them, and lower their names.
   */
  readonly raw: readonly string[];
  #combined: Map<string, string> | undefined;

  /** @param raw - alternating names and values; the array is kept, not copied. */
  constructor(raw: readonly string[] = []) {
    this.raw = raw;
  }

  /**
   * Makes a map from a record, entries, or anything that iterates over entries (`Headers`, `Map`); `undefined` omits a field,
   * an array repeats it.
   */
  static from(source: HeaderRecord | Iterable<readonly [name: string, value: string]>): HeaderMap {
    const raw: string[] = [];
    for (const [name, value] of entriesOf<string | readonly string[] | undefined>(source)) {
      if (typeof value === 'object') for (const one of value) raw.push(name, one);
      else if (value !== undefined) raw.push(name, value);
    }
    return new HeaderMap(raw);
  }

  /** The number of distinct names. */
  get size(): number {
    return this.#map().size;
  }

  /** The tag for `Object.prototype.toString`. */
  // eslint-disable-next-line @typescript-eslint/class-literal-property-style -- a field would be printed with every map
  get [Symbol.toStringTag](): string {
    return 'HeaderMap';
  }

  /** Returns the combined value of all fields with this name. */
  get(name: string): string | undefined {
    return this.#map().get(name.toLowerCase());
  }

  /** Whether a field with this name exists. */
  has(name: string): boolean {
    return this.#map().has(name.toLowerCase());
  }

  /** Returns the values of all fields with this name, one by one. */
  getAll(name: string): readonly string[] {
    return getHeaderValues(this.raw, name.toLowerCase());
  }

  /** Returns the `Set-Cookie` fields, one by one (adapters in a browser never see any). */
  getSetCookie(): readonly string[] {
    return this.getAll('set-cookie');
  }

  /** Returns a copy with exactly one field of this name, at the position of the first, if any. */
  with(name: string, value: string): HeaderMap {
    const first = indexOfHeader(this.raw, name.toLowerCase());
    const raw = [...this.without(name).raw];
    raw.splice(first < 0 ? raw.length : first, 0, name, value);
    return new HeaderMap(raw);
  }

  /** Returns a copy without the fields of this name. */
  without(name: string): HeaderMap {
    const removed = name.toLowerCase();
    return new HeaderMap(filterHeaders(this.raw, (one) => one.toLowerCase() !== removed));
  }

  /** Iterates over lower-case names with their combined values. */
  entries(): MapIterator<[string, string]> {
    return this.#map().entries();
  }

  /** Iterates over lower-case names. */
  keys(): MapIterator<string> {
    return this.#map().keys();
  }

  /** Iterates over combined values. */
  values(): MapIterator<string> {
    return this.#map().values();
  }

  /** Iterates over lower-case names with their combined values. */
  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }

  /** Calls back with each combined value and its lower-case name. */
  forEach(callback: (value: string, name: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }

  #map(): Map<string, string> {
    return (this.#combined ??= combineHeaders(this.raw));
  }
}

/** Returns the entries of a record, or the entries themselves. */
export function entriesOf<Value>(
  source: Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>,
): Iterable<readonly [string, Value]> {
  return Symbol.iterator in source ? source : Object.entries(source);
}
