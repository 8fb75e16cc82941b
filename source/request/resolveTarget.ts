import { shownUrl } from '../errors/ReadystreamError.js';
import { percentDecode } from '../http/serializedUrl.js';
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
  appendQuery(url, options.query ?? {});
  const authorization = basicAuthorization(url, options);
  if (url.username || url.password) url.username = url.password = '';
  return { url, authorization };
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
  try {
    return new URL(target, baseURL ? new URL(baseURL, pageURL) : pageURL);
  } catch {
    // Without the cause, in which Node keeps both texts as they are.
    const base = shownUrl(String(baseURL ?? pageURL ?? 'no baseURL'));
    throw new TypeError(`Cannot resolve the URL '${shownUrl(String(target))}' against ${base}`);
  }
}

/**
 * [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2): what the options give, in UTF-8, goes before what the URL says,
 * whose bytes go as they are; `undefined` where there is neither.
 */
function basicAuthorization(url: URL, { username, password }: RequestOptions): string | undefined {
  if (!(username ?? url.username) && !(password ?? url.password)) return undefined;
  const user = username === undefined ? percentDecode(url.username) : new TextEncoder().encode(username);
  const secret = password === undefined ? percentDecode(url.password) : new TextEncoder().encode(password);
  if (user.includes(colon))
    throw new TypeError('A user name for HTTP Basic authentication may hold no colon');
  return `Basic ${btoa(Array.from([...user, colon, ...secret], (byte) => String.fromCharCode(byte)).join(''))}`;
}

/** What parts the user name from the password. */
const colon = 0x3a;
