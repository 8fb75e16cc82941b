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
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  const username = options.username ?? (isHttp ? decodeURIComponent(url.username) : '');
  const password = options.password ?? (isHttp ? decodeURIComponent(url.password) : '');
  if (isHttp && (url.username !== '' || url.password !== '')) url.username = url.password = '';
  return { url, authorization: username === '' && password === '' ? undefined : basic(username, password) };
}

function parse(target: string | URL, baseURL: string | URL | undefined): URL {
  const page = globalThis as { document?: { baseURI: string }; location?: { href: string } };
  const pageURL = page.document?.baseURI ?? page.location?.href;
  try {
    return new URL(target, baseURL === undefined ? pageURL : new URL(baseURL, pageURL));
  } catch (cause) {
    const against = baseURL === undefined ? ': give an absolute URL, or a baseURL' : ` against the baseURL '${String(baseURL)}'`;
    throw new TypeError(`Cannot resolve the URL '${String(target)}'${against}`, { cause });
  }
}

function appendQuery(url: URL, query: NonNullable<RequestOptions['query']>): void {
  const entries: Iterable<readonly [string, QueryValue]> =
    Symbol.iterator in query
      ? (query as Iterable<readonly [string, string]>)
      : Object.entries(query as Readonly<Record<string, QueryValue>>);
  for (const [name, value] of entries) {
    if (value === null || value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as readonly (string | number | boolean)[]) : [value]) {
      url.searchParams.append(name, String(one));
    }
  }
}

/** [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2), with UTF-8. */
function basic(username: string, password: string): string {
  if (username.includes(':')) throw new TypeError('A user name for HTTP Basic authentication may hold no colon');
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)))}`;
}
