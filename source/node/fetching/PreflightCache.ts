import { withoutFragment } from '../../http/serializedUrl.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { RecentMap } from './RecentMap.js';
import { serializeRequestOrigin } from './requestHeaders.js';

/** The result of one preflight: several [cache entries](https://fetch.spec.whatwg.org/#concept-cache) in one. Plain data. */
export interface PreflightCacheEntry {
  readonly origin: string;
  readonly url: string;
  /** Whether it applies to requests with credentials. */
  readonly credentials: boolean;
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headerNames: readonly string[];
  /** The time at which it expires, in milliseconds since the epoch, which all threads share. */
  readonly expires: number;
}

const maxEntries = 256;
/** In seconds, as in Chromium. */
const maxAgeLimit = 7_200;
/** Servers hardly list more, and few URLs are longer; beyond it, each request needs a preflight. */
const maxEntryCharacters = 8_192;

/**
 * The [CORS-preflight cache](https://fetch.spec.whatwg.org/#concept-cache) of a client; the oldest entries are forgotten first.
 */
export class PreflightCache {
  readonly #entries = new RecentMap<PreflightCacheEntry>(maxEntries);

  /** Whether there is a [method cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-method). */
  allowsMethod(request: OngoingRequest): boolean {
    const { method } = request;
    return this.#matches(request).some(
      ({ methods }) => methods.includes(method) || (hasWildcards(request) && methods.includes('*')),
    );
  }

  /**
   * Whether there is a [header-name cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-header).
   *
   * @param name - in lower case.
   */
  allowsHeader(request: OngoingRequest, name: string): boolean {
    const isWildcardName = hasWildcards(request) && name !== 'authorization';
    return this.#matches(request).some(
      ({ headerNames }) => headerNames.includes(name) || (isWildcardName && headerNames.includes('*')),
    );
  }

  /**
   * Stores the result of a preflight, which replaces an earlier one even before that expires.
   *
   * @param maxAge - in seconds.
   */
  store(
    request: OngoingRequest,
    methods: readonly string[],
    headerNames: readonly string[],
    maxAge: number,
  ): void {
    const { includeCredentials: credentials } = request;
    const origin = serializeRequestOrigin(request);
    const url = withoutFragment(request.url);
    // What matches is given the new max-age by the standard, which may be a shorter one.
    for (const kind of matchingCredentials(request)) this.#entries.delete(keyOf(origin, url, kind));
    if (maxAge <= 0 || [url, ...methods, ...headerNames].join().length > maxEntryCharacters) return;
    const expires = Date.now() + Math.min(maxAge, maxAgeLimit) * 1_000;
    this.#put({ origin, url, credentials, methods, headerNames, expires });
  }

  /** [Clear cache entries](https://fetch.spec.whatwg.org/#concept-cache-clear). */
  clear(request: OngoingRequest): void {
    const origin = serializeRequestOrigin(request);
    const url = withoutFragment(request.url);
    for (const credentials of [true, false]) this.#entries.delete(keyOf(origin, url, credentials));
  }

  /** Returns a copy of all entries, for another thread. */
  entries(): readonly PreflightCacheEntry[] {
    return this.#entries.values();
  }

  /** Takes over what another thread has learned. */
  replace(entries: readonly PreflightCacheEntry[]): void {
    this.#entries.clear();
    for (const entry of entries) this.#put(entry);
  }

  /** Returns the entries with a [cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match). */
  #matches(request: OngoingRequest): readonly PreflightCacheEntry[] {
    if (this.#entries.size === 0) return [];
    const origin = serializeRequestOrigin(request);
    const url = withoutFragment(request.url);
    const matches: PreflightCacheEntry[] = [];
    for (const credentials of matchingCredentials(request)) {
      const entry = this.#entries.get(keyOf(origin, url, credentials));
      if (entry === undefined) continue;
      // An entry from a clock that was set back since would hold for too long.
      const remaining = entry.expires - Date.now();
      if (remaining > 0 && remaining <= maxAgeLimit * 1_000) matches.push(entry);
      else this.#entries.delete(keyOf(origin, url, credentials));
    }
    return matches;
  }

  #put(entry: PreflightCacheEntry): void {
    this.#entries.set(keyOf(entry.origin, entry.url, entry.credentials), entry);
  }
}

/**
 * Whether `*` stands for any method and any name: not with credentials, as in the preflight itself; the standard omits this here.
 */
function hasWildcards({ includeCredentials }: OngoingRequest): boolean {
  return !includeCredentials;
}

/** Returns which entries a request may use: what is allowed with credentials is also allowed without. */
function matchingCredentials({ includeCredentials }: OngoingRequest): readonly boolean[] {
  return includeCredentials ? [true] : [true, false];
}

function keyOf(origin: string, url: string, credentials: boolean): string {
  return `${origin} ${credentials ? 'include' : 'omit'} ${url}`;
}
