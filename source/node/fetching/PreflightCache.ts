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
/** No server lists more than it needs; what does is asked each time. */
const maxListCharacters = 8_192;

/** The [CORS-preflight cache](https://fetch.spec.whatwg.org/#concept-cache) of a client, the oldest forgotten first. */
export class PreflightCache {
  readonly #entries = new RecentMap<PreflightCacheEntry>(maxEntries);

  /** Whether there is a [method cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-method). */
  allowsMethod(request: OngoingRequest): boolean {
    const any = anyOf(request);
    return this.#matches(request).some(
      ({ methods }) => methods.includes(request.method) || methods.includes(any),
    );
  }

  /**
   * Whether there is a [header-name cache entry match](https://fetch.spec.whatwg.org/#concept-cache-match-header).
   *
   * @param name - in lower case.
   */
  allowsHeader(request: OngoingRequest, name: string): boolean {
    const any = name === 'authorization' ? name : anyOf(request);
    return this.#matches(request).some(
      ({ headerNames }) => headerNames.includes(name) || headerNames.includes(any),
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
    this.#entries.delete(keyOf(origin, url, credentials));
    if (maxAge <= 0 || methods.join().length + headerNames.join().length > maxListCharacters) return;
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
    // What was allowed with credentials is allowed without.
    for (const credentials of request.includeCredentials ? [true] : [true, false]) {
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
 * What stands for any method and any name. With credentials nothing does, as in the preflight itself; the standard forgets to
 * say so here.
 */
function anyOf({ includeCredentials, method }: OngoingRequest): string {
  return includeCredentials ? method : '*';
}

function keyOf(origin: string, url: string, credentials: boolean): string {
  return `${origin} ${credentials ? 'include' : 'omit'} ${url}`;
}
