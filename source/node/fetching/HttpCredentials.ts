import { originOf, pathOf } from '../../http/serializedUrl.js';
import { RecentMap } from './RecentMap.js';

/** An [authentication entry](https://fetch.spec.whatwg.org/#authentication-entry): what opens a protection space. Plain data. */
export interface HttpCredential {
  readonly origin: string;
  readonly realm: string;
  /** What the paths in the space begin with, as far as they are known: each ends in a slash. */
  readonly paths: readonly string[];
  /** The `Authorization` field. */
  readonly authorization: string;
}

const maxEntries = 256;
const maxPaths = 16;

/** Basic credentials by protection space, those that were used least recently forgotten first. */
export class HttpCredentials {
  readonly #entries = new RecentMap<HttpCredential>(maxEntries);

  /**
   * What a request to a URL is sent with at once: the credentials of the deepest space around it
   * ([RFC 7617, 2.2](https://www.rfc-editor.org/rfc/rfc7617#section-2.2)).
   */
  find(url: string): string | undefined {
    if (this.#entries.size === 0) return undefined;
    const origin = originOf(url);
    const path = pathOf(url);
    let found: HttpCredential | undefined;
    let depth = 0;
    for (const entry of this.#entries.values()) {
      if (entry.origin !== origin) continue;
      for (const prefix of entry.paths) {
        if (prefix.length <= depth || !path.startsWith(prefix)) continue;
        found = entry;
        depth = prefix.length;
      }
    }
    if (found !== undefined) this.#put(found);
    return found?.authorization;
  }

  /** What a challenge from a URL is answered with. */
  get(url: string, realm: string): string | undefined {
    return this.#entries.get(keyOf(originOf(url), realm))?.authorization;
  }

  /** Remembers what opened a space, and that this URL is in it. */
  set(url: string, realm: string, authorization: string): void {
    const origin = originOf(url);
    const path = pathOf(url);
    const directory = path.slice(0, path.lastIndexOf('/') + 1);
    const known = this.#entries.get(keyOf(origin, realm))?.paths ?? [];
    const paths = known.some((prefix) => directory.startsWith(prefix))
      ? known
      : [...known.filter((prefix) => !prefix.startsWith(directory)), directory].slice(-maxPaths);
    this.#put({ origin, realm, paths, authorization });
  }

  /** Forgets what was refused, unless something else has taken its place. */
  remove(url: string, realm: string, authorization: string): void {
    if (this.get(url, realm) === authorization) this.#entries.delete(keyOf(originOf(url), realm));
  }

  /** A copy of all, for another thread. */
  entries(): readonly HttpCredential[] {
    return this.#entries.values();
  }

  /** Takes over what another thread has come to know. */
  replace(entries: readonly HttpCredential[]): void {
    this.#entries.clear();
    for (const entry of entries) this.#put(entry);
  }

  #put(entry: HttpCredential): void {
    this.#entries.set(keyOf(entry.origin, entry.realm), entry);
  }
}

function keyOf(origin: string, realm: string): string {
  // No origin has a blank.
  return `${origin} ${realm}`;
}
