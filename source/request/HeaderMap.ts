import { combineHeaders, filterHeaders, getHeaderValues, indexOfHeader } from '../http/headerList.js';

/** Header fields as a record, Node's `IncomingHttpHeaders` among them: `undefined` leaves one out, an array repeats it. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Header fields by case-insensitive name, in the order in which they arrived. Repeated fields are combined with `', '`
 * as [Fetch](https://fetch.spec.whatwg.org/#concept-header-list-get) does; {@link HeaderMap.getAll} and
 * {@link HeaderMap.getSetCookie} keep them apart. Iteration gives lower-case names.
 *
 * The map is built when it is first read: a request whose headers nobody looks at pays nothing for them.
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
   * Names and values in turn, as they were sent or received: `['Accept', 'text/xml', 'X-Id', '1']`. Of a response, order and letter
   * case are the server's with the adapter for Node; browsers sort and combine fields and lower their names.
   */
  readonly raw: readonly string[];
  #combined: Map<string, string> | undefined;

  /** @param raw - names and values in turn; the array is kept, not copied. */
  constructor(raw: readonly string[] = []) {
    this.raw = raw;
  }

  /**
   * Makes a map from a record, entries, or anything that iterates over entries (`Headers`, `Map`); `undefined` leaves a field
   * out, an array repeats it.
   */
  static from(source: HeaderRecord | Iterable<readonly [name: string, value: string]>): HeaderMap {
    const raw: string[] = [];
    for (const [name, value] of entriesOf<string | readonly string[] | undefined>(source)) {
      if (typeof value === 'object') for (const one of value) raw.push(name, one);
      else if (value !== undefined) raw.push(name, value);
    }
    return new HeaderMap(raw);
  }

  /** How many different names there are. */
  get size(): number {
    return this.#map().size;
  }

  /** What `Object.prototype.toString` says it is. */
  // eslint-disable-next-line @typescript-eslint/class-literal-property-style -- a field would be printed with every map
  get [Symbol.toStringTag](): string {
    return 'HeaderMap';
  }

  /** The combined value of all fields of this name. */
  get(name: string): string | undefined {
    return this.#map().get(name.toLowerCase());
  }

  /** Whether there is a field of this name. */
  has(name: string): boolean {
    return this.#map().has(name.toLowerCase());
  }

  /** The values of all fields of this name, one by one. */
  getAll(name: string): readonly string[] {
    return getHeaderValues(this.raw, name.toLowerCase());
  }

  /** The `Set-Cookie` fields, one by one (a browser's native adapters never see any). */
  getSetCookie(): readonly string[] {
    return this.getAll('set-cookie');
  }

  /** A copy in which one field of this name has this value, in the place of the first that there was. */
  with(name: string, value: string): HeaderMap {
    const first = indexOfHeader(this.raw, name.toLowerCase());
    const raw = [...this.without(name).raw];
    raw.splice(first < 0 ? raw.length : first, 0, name, value);
    return new HeaderMap(raw);
  }

  /** A copy without the fields of this name. */
  without(name: string): HeaderMap {
    const removed = name.toLowerCase();
    return new HeaderMap(filterHeaders(this.raw, (one) => one.toLowerCase() !== removed));
  }

  /** Lower-case names with their combined values. */
  entries(): MapIterator<[string, string]> {
    return this.#map().entries();
  }

  /** Lower-case names. */
  keys(): MapIterator<string> {
    return this.#map().keys();
  }

  /** Combined values. */
  values(): MapIterator<string> {
    return this.#map().values();
  }

  /** Lower-case names with their combined values. */
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

/** The entries of what may be given as a record or as entries. */
export function entriesOf<Value>(
  source: Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>,
): Iterable<readonly [string, Value]> {
  return Symbol.iterator in source ? source : Object.entries(source);
}
