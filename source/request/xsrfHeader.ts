import { percentDecodeText } from '../http/serializedUrl.js';

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
 * Adds the anti-forgery token, where the request may have it: never to another origin (compared after the URL was
 * resolved, so that `//elsewhere.example/` is another), never with GET or HEAD.
 *
 * @param add - adds a header field, but never over one of the caller's.
 */
export function xsrfHeader(
  method: string,
  url: URL,
  options: XsrfOptions,
  add: (name: string, value: string) => void,
): void {
  const { document, location } = globalThis as {
    document?: { cookie: string };
    location?: { origin: string };
  };
  const {
    cookieName = 'XSRF-TOKEN',
    headerName = 'X-XSRF-TOKEN',
    origin = location?.origin,
    token = document && (() => readCookie(document.cookie, cookieName)),
  } = options;
  if (!origin || !token) throw new TypeError('xsrf: there is no page here: give xsrf.origin and xsrf.token');
  const value = url.origin === origin && !/^(GET|HEAD)$/.test(method) ? token() : undefined;
  if (value !== undefined) add(headerName, value);
}

function readCookie(cookies: string, name: string): string | undefined {
  const pair = cookies.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return pair && percentDecodeText(pair.slice(name.length + 1));
}
