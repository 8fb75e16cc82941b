import { type RequestBody } from '../body/RequestBody.js';
import { type Limits } from '../options/limits.js';
import { type Adapter, type Interceptor } from './Adapter.js';
import { type TimeoutLimits } from './NormalizedRequest.js';
import { type XsrfOptions } from './xsrfHeader.js';

/** One value of a query: `null` and `undefined` leave the name out, an array repeats it. */
export type QueryValue =
  string | number | boolean | null | undefined | readonly (string | number | boolean)[];

/** What `request` takes besides its target. An unknown name is refused with a `TypeError` that lists the known ones. */
export interface RequestOptions {
  /** The request's method. @defaultValue `'GET'` */
  readonly method?: string | undefined;
  /** Header fields: a record (`undefined` leaves one out), entries, `Headers` or a `Map`. @defaultValue none; each platform adds its own */
  readonly headers?:
    Readonly<Record<string, string | undefined>> | Iterable<readonly [string, string]> | undefined;
  /**
   * Appended to the URL's query, after what it already has, of which no byte is changed. Names and values are
   * [form-encoded](https://url.spec.whatwg.org/#concept-urlencoded-serializer): a blank becomes a plus sign. @defaultValue nothing
   */
  readonly query?: Readonly<Record<string, QueryValue>> | Iterable<readonly [string, string]> | undefined;
  /** The body to send; not with GET or HEAD. @defaultValue none */
  readonly body?: RequestBody | null | undefined;
  /** A value to send as JSON, with `Content-Type: application/json` unless the headers name another. @defaultValue none */
  readonly json?: unknown;
  /** What a relative target is resolved against, by the URL standard. @defaultValue the page's base URL; none in Node */
  readonly baseURL?: string | URL | undefined;
  /**
   * `'arraybuffer'` has native `XMLHttpRequest` hold the body and hand it over as one chunk at the end, without its
   * detour through text; the other adapters stream all the same. @defaultValue `'stream'`
   */
  readonly responseType?: 'stream' | 'arraybuffer' | undefined;
  /** Takes the place of the response's `Content-Type` for all decoding. @defaultValue none */
  readonly mimeType?: string | undefined;
  /** Time limits in milliseconds; a number is the limit of the whole. @defaultValue none */
  readonly timeout?: number | TimeoutLimits | undefined;
  /** Aborting it ends the request with an `AbortedError`. Unsubscribing needs none. @defaultValue none */
  readonly signal?: AbortSignal | undefined;
  /** Whether a browser sends and stores cookies across origins; in Node, what a cookie interceptor goes by. @defaultValue `false` */
  readonly withCredentials?: boolean | undefined;
  /** The user name for HTTP Basic authentication. @defaultValue the URL's */
  readonly username?: string | undefined;
  /** The password for HTTP Basic authentication. @defaultValue the URL's */
  readonly password?: string | undefined;
  /** Whether redirects are followed, handed over as responses, or errors. @defaultValue `'follow'` */
  readonly redirect?: 'follow' | 'manual' | 'error' | undefined;
  /** How many redirects are followed before an error. @defaultValue 20 */
  readonly maxRedirects?: number | undefined;
  /** Limits to put in the place of the defaults. @defaultValue the defaults of {@link Limits} */
  readonly limits?: Partial<Limits> | undefined;
  /** Copies an anti-forgery cookie into a header field of same-origin requests that change something. @defaultValue `false` */
  readonly xsrf?: boolean | XsrfOptions | undefined;
  /** What carries the request. @defaultValue Node's in Node, native `XMLHttpRequest` in a browser, else `fetch` */
  readonly adapter?: Adapter | undefined;
  /** Wrapped around the adapter, the first outermost; those of `createRequest` stand outside those of the call. @defaultValue none */
  readonly interceptors?: readonly Interceptor[] | undefined;
}

/** The names of all options of a request. */
export const optionNames: readonly (keyof RequestOptions)[] = [
  'method',
  'headers',
  'query',
  'body',
  'json',
  'baseURL',
  'responseType',
  'mimeType',
  'timeout',
  'signal',
  'withCredentials',
  'username',
  'password',
  'redirect',
  'maxRedirects',
  'limits',
  'xsrf',
  'adapter',
  'interceptors',
];
