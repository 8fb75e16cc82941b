import { withoutFragment } from '../../http/serializedUrl.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { RecentMap } from './RecentMap.js';
import { serializeRequestOrigin } from './requestHeaders.js';

/** What one preflight has allowed: several [cache entries](https://fetch.spec.whatwg.org/#concept-cache) in one. Plain data. */
export interface PreflightCacheEntry {
  readonly origin: string;
  readonly url: string;
  /** Whether it holds for requests with credentials. */
  readonly credentials: boolean;
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headerNames: readonly string[];
  /** When it ends, in milliseconds since the epoch, which all threads share. */
  readonly expires: number;
}

const maxEntries = 256;
/** Seconds; what Chromium takes too. */
const maxAgeLimit = 7_200;
/** No server lists more than it needs, and few URLs are longer; what is over is asked for each time. */
const maxEntryCharacters = 8_192;

/** The [CORS-preflight cache](https://fetch.spec.whatwg.org/#concept-cache) of a client, the oldest forgotten first. */
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
   * Keeps what a preflight has allowed, in place of what an earlier one did: that may go before its time.
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

  /** A copy of all, for another thread. */
  entries(): readonly PreflightCacheEntry[] {
    return this.#entries.values();
  }

  /** Takes over what another thread has come to know. */
  replace(entries: readonly PreflightCacheEntry[]): void {
    this.#entries.clear();
    for (const entry of entries) this.#put(entry);
  }

  /** The entries with a [cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match). */
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
 * Whether a star stands for any method and any name. With credentials it does not, as in the preflight itself; the standard
 * forgets to say so here.
 */
function hasWildcards({ includeCredentials }: OngoingRequest): boolean {
  return !includeCredentials;
}

/** Whose entries a request may use: what was allowed with credentials is allowed without. */
function matchingCredentials({ includeCredentials }: OngoingRequest): readonly boolean[] {
  return includeCredentials ? [true] : [true, false];
}

function keyOf(origin: string, url: string, credentials: boolean): string {
  return `${origin} ${credentials ? 'include' : 'omit'} ${url}`;
}
