import { basicAuthorization } from '../http/basicAuthorization.js';
import { parseUrl, percentDecode, shownUrl } from '../http/serializedUrl.js';
import { entriesOf } from './HeaderMap.js';
import { type QueryValue, type RequestOptions } from './RequestOptions.js';

/** A target as an absolute URL, and what its credentials become. */
export interface ResolvedTarget {
  readonly url: URL;
  /** The value of the `Authorization` field for the user name and password given, if any. */
  readonly authorization: string | undefined;
}

/**
 * Resolves the target by the URL standard, appends the query, and takes the credentials out of the URL, so that none gets
 * into an event, an error or a log.
 */
export function resolveTarget(target: string | URL, options: RequestOptions): ResolvedTarget {
  const url = parse(target, options.baseURL);
  if (options.query !== undefined) appendQuery(url, options.query);
  return { url, authorization: takeCredentials(url, options) };
}

/** Not by `searchParams`, which would write anew what stands in the URL: bytes that are no UTF-8 would be lost, and a signature void. */
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
  // Without a cause: what the platform throws shows the password.
  const against = shownUrl(String(baseURL ?? pageURL ?? 'no baseURL'));
  throw new TypeError(`Cannot resolve the URL '${shownUrl(String(target))}' against ${against}`);
}

/** The `Authorization` field by the options, in UTF-8, and else by what is in the URL, which loses it. */
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
    throw new TypeError('A user name for HTTP Basic authentication may hold no colon');
  }
  return basicAuthorization(username, password);
}
