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
  /** Names and values in turn, as they were sent or received: `['Accept', 'text/xml', 'X-Id', '1']`. */
  readonly raw: readonly string[];
  #combined: Map<string, string> | undefined;

  /** @param raw - names and values in turn; the array is kept, not copied. */
  constructor(raw: readonly string[] = []) {
    this.raw = raw;
  }

  /** Makes a map from a record, entries, or anything that iterates over entries (`Headers`, `Map`). */
  static from(source: Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>): HeaderMap {
    const entries = Symbol.iterator in source ? (source as Iterable<readonly [name: string, value: string]>) : Object.entries(source);
    const raw: string[] = [];
    for (const [name, value] of entries) raw.push(name, value);
    return new HeaderMap(raw);
  }

  /** How many different names there are. */
  get size(): number {
    return this.#map().size;
  }

  /** What `Object.prototype.toString` says it is. */
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
    const wanted = name.toLowerCase();
    return this.raw.filter((_, index) => index % 2 === 1 && this.raw[index - 1]?.toLowerCase() === wanted);
  }

  /** The `Set-Cookie` fields, one by one (a browser's native adapters never see any). */
  getSetCookie(): readonly string[] {
    return this.getAll('set-cookie');
  }

  /** A copy in which one field of this name has this value, in the place of the first that there was. */
  with(name: string, value: string): HeaderMap {
    const wanted = name.toLowerCase();
    const raw: string[] = [];
    let placed = false;
    for (let index = 0; index < this.raw.length; index += 2) {
      const [field = '', old = ''] = [this.raw[index], this.raw[index + 1]];
      if (field.toLowerCase() !== wanted) raw.push(field, old);
      else if (!placed) placed = raw.push(name, value) > 0;
    }
    if (!placed) raw.push(name, value);
    return new HeaderMap(raw);
  }

  /** A copy without the fields of this name. */
  without(name: string): HeaderMap {
    const wanted = name.toLowerCase();
    const kept = (index: number): boolean => this.raw[index - (index % 2)]?.toLowerCase() !== wanted;
    return new HeaderMap(this.raw.filter((_, index) => kept(index)));
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
    return this.#map().entries();
  }

  /** Calls back with each combined value and its lower-case name. */
  forEach(callback: (value: string, name: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [name, value] of this.#map()) callback(value, name, this);
  }

  #map(): Map<string, string> {
    if (this.#combined !== undefined) return this.#combined;
    const map = new Map<string, string>();
    for (let index = 0; index < this.raw.length; index += 2) {
      const name = (this.raw[index] ?? '').toLowerCase();
      const value = this.raw[index + 1] ?? '';
      const before = map.get(name);
      map.set(name, before === undefined ? value : `${before}, ${value}`);
    }
    return (this.#combined = map);
  }
}
