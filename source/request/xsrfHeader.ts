import { type HeaderMap } from './HeaderMap.js';

/** Where the anti-forgery token comes from and where it goes. */
export interface XsrfOptions {
  /** The cookie that holds the token. @defaultValue `'XSRF-TOKEN'` */
  readonly cookieName?: string | undefined;
  /** The header field that takes it. @defaultValue `'X-XSRF-TOKEN'` */
  readonly headerName?: string | undefined;
  /** The only origin that is given the token. @defaultValue the page's */
  readonly origin?: string | undefined;
  /** Reads the token where there is no `document.cookie`. @defaultValue reads the cookie */
  readonly token?: (() => string | undefined) | undefined;
}

/**
 * The headers with the anti-forgery token, where the request may have it: never to another origin (compared after the
 * URL was resolved, so that `//elsewhere.example/` is another), never with GET or HEAD, never over a field of the caller's.
 */
export function xsrfHeader(method: string, url: URL, headers: HeaderMap, options: XsrfOptions): HeaderMap {
  const { cookieName = 'XSRF-TOKEN', headerName = 'X-XSRF-TOKEN' } = options;
  const page = globalThis as { document?: { cookie: string }; location?: { origin: string } };
  const origin = options.origin ?? page.location?.origin;
  const readToken = options.token ?? (page.document && (() => readCookie(page.document?.cookie ?? '', cookieName)));
  if (origin === undefined || readToken === undefined) {
    throw new TypeError('xsrf: there is no page here to take the cookie from: give xsrf.origin and xsrf.token, or leave it out');
  }
  if (method === 'GET' || method === 'HEAD' || url.origin !== origin || headers.has(headerName)) return headers;
  const token = readToken();
  return token === undefined ? headers : headers.with(headerName, token);
}

function readCookie(cookies: string, name: string): string | undefined {
  const pair = cookies.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return pair && decodeURIComponent(pair.slice(name.length + 1));
}
