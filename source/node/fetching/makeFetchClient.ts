import { type Dispatcher } from 'undici';
import { parseUrl, shownUrl } from '../../http/serializedUrl.js';
import { checkOneOf } from '../../options/checks.js';
import { defaultLimits, type Limits, mergeLimits } from '../../options/limits.js';
import { blob } from '../schemes/blob.js';
import { data } from '../schemes/data.js';
import { file } from '../schemes/file.js';
import { ftp } from '../schemes/ftp.js';
import { http } from '../schemes/http.js';
import { sharedConnections } from '../schemes/HttpConnections.js';
import { type SchemeHandler } from '../schemes/SchemeHandler.js';
import { type FetchClient } from './FetchClient.js';
import { type Cookies } from './fetchContract.js';
import { HttpCredentials } from './HttpCredentials.js';
import { PreflightCache } from './PreflightCache.js';

/** What a client is made from; see `XMLHttpRequestOptions` for their meaning. */
export interface FetchClientOptions {
  readonly origin?: string | undefined;
  readonly referrer?: string | URL | undefined;
  readonly schemes?:
    readonly ('file' | 'ftp' | 'ftps' | readonly [scheme: string, handler: SchemeHandler])[] | undefined;
  readonly dispatcher?: Dispatcher | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly cookies?: Cookies | undefined;
}

/** Makes a client. Throws a `TypeError` where an option is none. */
export function makeFetchClient({
  origin,
  referrer,
  schemes = [],
  dispatcher,
  limits,
  cookies,
}: FetchClientOptions = {}): FetchClient {
  const connections =
    dispatcher === undefined
      ? sharedConnections()
      : { dispatcherFor: () => dispatcher, takeConnecting: () => undefined };
  const handlers = new Map<string, SchemeHandler>([
    ['http', http(connections)],
    ['https', http(connections)],
    ['data', data],
    ['blob', blob],
  ]);
  if (!Array.isArray(schemes)) {
    throw new TypeError("The option schemes must be an array, such as ['file', ['echo', handler]]");
  }
  for (const scheme of schemes as NonNullable<FetchClientOptions['schemes']>) {
    if (typeof scheme !== 'string') handlers.set(...scheme);
    else {
      checkOneOf('scheme', scheme, ['file', 'ftp', 'ftps']);
      handlers.set(scheme, scheme === 'file' ? file : ftp);
    }
  }
  return {
    origin: origin === undefined ? undefined : originFrom(origin),
    referrer: referrer === undefined ? undefined : stripForReferrer(referrer),
    schemes: handlers,
    limits: mergeLimits(defaultLimits, limits),
    cookies,
    credentials: new HttpCredentials(),
    preflights: new PreflightCache(),
  };
}

/** An origin as the standard serialises it; `'null'` is an opaque one, which is like no other. */
function originFrom(text: string): string {
  if (text === 'null') return text;
  const url = parseUrl(text);
  if (url === undefined || url.origin === 'null') {
    throw new TypeError(
      `The option origin must be an origin such as 'https://shop.example', not '${shownUrl(text)}'`,
    );
  }
  return url.origin;
}

/** [Strip url for use as a referrer](https://w3c.github.io/webappsec-referrer-policy/#strip-url); `undefined` is no referrer. */
function stripForReferrer(text: string | URL): string | undefined {
  const url = parseUrl(text);
  if (url === undefined) {
    throw new TypeError(`The option referrer must be an absolute URL, not '${shownUrl(String(text))}'`);
  }
  // A server is told of no URL but one of its own kind.
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.username = url.password = url.hash = '';
  return url.href;
}
