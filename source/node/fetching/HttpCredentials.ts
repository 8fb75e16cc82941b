import { originOf, pathOf } from '../../http/serializedUrl.js';
import { RecentMap } from './RecentMap.js';

/**
 * An [authentication entry](https://fetch.spec.whatwg.org/#authentication-entry): the credentials for a protection space. Plain
 * data.
 */
export interface HttpCredential {
  readonly origin: string;
  readonly realm: string;
  /** The known path prefixes of the space, each with a slash at its end. */
  readonly paths: readonly string[];
  /** The `Authorization` field. */
  readonly authorization: string;
}

const maxEntries = 256;
const maxPaths = 16;

/** Basic credentials by protection space; the least recently used are forgotten first. */
export class HttpCredentials {
  readonly #entries = new RecentMap<HttpCredential>(maxEntries);

  /**
   * Returns the `Authorization` to send to a URL unasked: the credentials of the deepest space around it
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

  /** Returns the `Authorization` for a challenge from a URL. */
  get(url: string, realm: string): string | undefined {
    return this.#entries.get(keyOf(originOf(url), realm))?.authorization;
  }

  /** Remembers the credentials of a space, and that it contains this URL. */
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

  /** Forgets refused credentials unless others have replaced them. */
  remove(url: string, realm: string, authorization: string): void {
    if (this.get(url, realm) === authorization) this.#entries.delete(keyOf(originOf(url), realm));
  }

  /** Returns a copy of all entries, for another thread. */
  entries(): readonly HttpCredential[] {
    return this.#entries.values();
  }

  /** Takes over what another thread has learned. */
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
