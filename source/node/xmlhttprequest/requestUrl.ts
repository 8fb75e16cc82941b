import { createRequire } from 'node:module';
// With the tables of the multi-byte encodings.
import { normalizeEncoding } from '@exodus/bytes/encoding.js';
import { parseUrl } from '../../http/serializedUrl.js';

// Node's URL takes a hundredth of the time and does whatever it can. whatwg-url's URL records do the rest: queries in other
// encodings, and a login for a URL whose host is empty.

/**
 * [Encoding-parses a URL](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#encoding-parsing-a-url): in a
 * document whose encoding is not UTF-8, the query of a URL is in that encoding. `undefined` is the standard's failure.
 *
 * @param url - a scalar value string.
 * @param encoding - a label of the document's encoding; an unknown label stands for UTF-8.
 */
export function encodingParseUrl(
  url: string,
  base: string | URL | undefined,
  encoding: string,
): URL | undefined {
  const parsed = parseUrl(url, base);
  if (parsed === undefined || encoding === 'utf-8' || !mayDependOnEncoding(url, parsed)) return parsed;
  const outputEncoding = getOutputEncoding(encoding);
  if (outputEncoding === 'utf-8') return parsed;
  const { parseURL, serializeURL } = whatwgUrl(`the query of a URL in ${outputEncoding}`);
  const baseURL = base === undefined ? null : parseURL(String(base));
  const record = parseURL(url, { baseURL, encoding: outputEncoding });
  return record === null ? undefined : new URL(serializeURL(record));
}

/** Whether a URL has a scheme whose query is encoded, and a query beyond printable ASCII, which is the same in each encoding. */
function mayDependOnEncoding(url: string, { protocol }: URL): boolean {
  return /^(?:https?|ftp|file):$/.test(protocol) && /^[^#?]*\?[^#]*[^\t\n\r\x20-\x7e]/.test(url);
}

/** [Gets an output encoding](https://encoding.spec.whatwg.org/#get-an-output-encoding), which whatwg-url leaves to its caller. */
function getOutputEncoding(label: string): string {
  const encoding = normalizeEncoding(label) ?? 'utf-8';
  // If encoding is replacement or UTF-16BE/LE, then return UTF-8.
  return /^(?:replacement|utf-16[bl]e)$/.test(encoding) ? 'utf-8' : encoding;
}

/**
 * Serializes a URL with the user name and password that are not null, set as in step 8 of
 * [`open()`](https://xhr.spec.whatwg.org/#the-open()-method).
 */
export function withLogin(url: URL, username: string | null, password: string | null): string {
  if (username === null && password === null) return url.href;
  // 8. If parsedURL's host is non-null, then:
  if (!url.href.startsWith(`${url.protocol}//`)) return url.href;
  if (url.host !== '' && url.protocol !== 'file:') {
    // 8.1. If the username argument is not null, set the username given parsedURL and username.
    if (username !== null) url.username = username;
    // 8.2. If the password argument is not null, set the password given parsedURL and password.
    if (password !== null) url.password = password;
    return url.href;
  }
  // Node's setters do nothing here, like the standard's attributes of URL objects.
  const { parseURL, serializeURL, setTheUsername, setThePassword } = whatwgUrl(
    `a user name or password for a URL of ${url.protocol}`,
  );
  const record = parseURL(url.href);
  if (record === null) return url.href;
  if (username !== null) setTheUsername(record, username);
  if (password !== null) setThePassword(record, password);
  return serializeURL(record);
}

/** A [URL record](https://url.spec.whatwg.org/#concept-url). */
type UrlRecord = object;

/** The parts of whatwg-url in use. */
interface WhatwgUrl {
  readonly parseURL: (
    url: string,
    options?: { readonly baseURL?: UrlRecord | null; readonly encoding?: string },
  ) => UrlRecord | null;
  readonly serializeURL: (record: UrlRecord) => string;
  readonly setTheUsername: (record: UrlRecord, username: string) => void;
  readonly setThePassword: (record: UrlRecord, password: string) => void;
}

let loaded: WhatwgUrl | undefined;

/**
 * Returns the package, loaded at its first use: loading takes 40 ms, and hardly any request needs it.
 *
 * @param what - what needs it.
 * @throws Error if it cannot be loaded.
 */
function whatwgUrl(what: string): WhatwgUrl {
  if (loaded !== undefined) return loaded;
  try {
    // Not import(), since open() cannot wait.
    const require = createRequire(import.meta.url);
    return (loaded = require('whatwg-url') as WhatwgUrl);
  } catch (cause) {
    const advice = 'keep it out of your bundle and install it next to the bundle';
    throw new Error(`open(): ${what} needs the package whatwg-url, which cannot be loaded: ${advice}`, {
      cause,
    });
  }
}
