import { basicAuthorization } from '../http/basicAuthorization.js';
import { parseUrl, percentDecode, shownUrl } from '../http/serializedUrl.js';
import { entriesOf } from './HeaderMap.js';
import { type QueryValue, type RequestOptions } from './RequestOptions.js';

/** A target as an absolute URL, with its credentials as a header field. */
export interface ResolvedTarget {
  readonly url: URL;
  /** The value of the `Authorization` field for the user name and password, if any. */
  readonly authorization: string | undefined;
}

/**
 * Resolves the target by the URL standard, appends the query, and removes the credentials from the URL, so that none appear
 * in an event, an error or a log.
 */
export function resolveTarget(target: string | URL, options: RequestOptions): ResolvedTarget {
  const url = parse(target, options.baseURL);
  if (options.query !== undefined) appendQuery(url, options.query);
  return { url, authorization: takeCredentials(url, options) };
}

/**
 * Without `searchParams`, which would rewrite the existing query: bytes that are not UTF-8 would be lost, and a signature
 * invalid.
 */
function appendQuery(url: URL, query: NonNullable<RequestOptions['query']>): void {
  const pairs = new URLSearchParams();
  for (const [name, value] of entriesOf<QueryValue>(query)) {
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined) pairs.append(name, String(one));
    }
  }
  const added = pairs.toString();
  if (added === '') return;
  const { search } = url;
  url.search = search === '' || search.endsWith('&') ? `${search}${added}` : `${search}&${added}`;
}

function parse(target: string | URL, baseURL: string | URL | undefined): URL {
  const page = globalThis as { document?: { baseURI: string }; location?: { href: string } };
  const pageURL = page.document?.baseURI ?? page.location?.href;
  const base = baseURL ? parseUrl(baseURL, pageURL) : pageURL;
  const url = baseURL && base === undefined ? undefined : parseUrl(target, base);
  if (url !== undefined) return url;
  // Without a cause: the platform's error shows the password.
  const against = shownUrl(String(baseURL ?? pageURL ?? 'no baseURL'));
  throw new TypeError(`Cannot resolve the URL '${shownUrl(String(target))}' against ${against}`);
}

/**
 * Returns the `Authorization` field for the options, in UTF-8, else for the URL's credentials, and removes these from the
 * URL.
 */
function takeCredentials(url: URL, options: RequestOptions): string | undefined {
  const areInUrl = /^(?:http|ftp)s?:/.test(url.protocol) && (url.username || url.password);
  if (!areInUrl && !options.username && !options.password) return undefined;
  const bytesOf = (name: 'username' | 'password'): Uint8Array => {
    const option = options[name];
    return option === undefined ? percentDecode(areInUrl ? url[name] : '') : new TextEncoder().encode(option);
  };
  const [username, password] = [bytesOf('username'), bytesOf('password')];
  if (areInUrl) url.username = url.password = '';
  if (username.length === 0 && password.length === 0) return undefined;
  // RFC 7617, 2: the first colon ends the user name.
  if (username.includes(0x3a)) {
    throw new TypeError('A user name for HTTP Basic authentication must not contain a colon');
  }
  return basicAuthorization(username, password);
}
