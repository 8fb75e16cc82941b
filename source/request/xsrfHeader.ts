import { isFieldValue, isToken, shownName, stripHttpWhitespace } from '../http/fieldSyntax.js';
import { percentDecodeText } from '../http/serializedUrl.js';

/** The source of the anti-forgery token and the header field for it. */
export interface XsrfOptions {
  /** The cookie that holds the token. @defaultValue `'XSRF-TOKEN'` */
  readonly cookieName?: string | undefined;
  /** The header field for the token. @defaultValue `'X-XSRF-TOKEN'` */
  readonly headerName?: string | undefined;
  /** The only origin that receives the token. @defaultValue the page's */
  readonly origin?: string | undefined;
  /** Reads the token, for example without a `document.cookie`. @defaultValue reads the cookie */
  readonly token?: (() => string | undefined) | undefined;
}

/**
 * Adds the anti-forgery token if the request may have it: never for another origin (compared after the URL was resolved, so
 * that `//elsewhere.example/` is another), never with GET or HEAD.
 *
 * @param add - adds a header field unless the caller has set it.
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
  if (!origin || !token) throw new TypeError('xsrf: there is no page: set xsrf.origin and xsrf.token');
  const value = url.origin === origin && !/^(GET|HEAD)$/.test(method) ? token() : undefined;
  if (value === undefined) return;
  if (!isToken(headerName) || !isFieldValue(value)) {
    throw new TypeError(`xsrf: the header '${shownName(headerName)}' or the token for it is malformed`);
  }
  add(headerName, stripHttpWhitespace(value));
}

/**
 * Returns the cookie's value, percent-decoded because frameworks encode it; unchanged if the result would be illegal in a
 * field.
 */
function readCookie(cookies: string, name: string): string | undefined {
  const pair = cookies.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  if (pair === undefined) return undefined;
  const value = pair.slice(name.length + 1);
  const decoded = percentDecodeText(value);
  return isFieldValue(decoded) ? decoded : value;
}
