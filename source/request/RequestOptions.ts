import { type RequestBody } from '../body/RequestBody.js';
import { type Limits } from '../options/limits.js';
import { type Adapter, type Interceptor } from './Adapter.js';
import { type HeaderRecord } from './HeaderMap.js';
import { type TimeoutLimits } from './NormalizedRequest.js';
import { type XsrfOptions } from './xsrfHeader.js';

/** One value of a query: `null` and `undefined` omit the name, an array repeats it. */
export type QueryValue =
  string | number | boolean | null | undefined | readonly (string | number | boolean)[];

/** Options of `request`. An unknown name is a `TypeError` that lists the known ones. */
export interface RequestOptions {
  /** The request's method. @defaultValue `'GET'` */
  readonly method?: string | undefined;
  /**
   * Header fields: a record (`undefined` omits one, an array repeats it, as in Node's `IncomingHttpHeaders`), entries,
   * `Headers` or a `Map`. @defaultValue none; each platform adds its own
   */
  readonly headers?: HeaderRecord | Iterable<readonly [string, string]> | undefined;
  /**
   * Appended to the URL's query, whose existing bytes stay unchanged. Names and values are
   * [form-encoded](https://url.spec.whatwg.org/#concept-urlencoded-serializer): a space becomes a plus sign. @defaultValue
   * nothing
   */
  readonly query?: Readonly<Record<string, QueryValue>> | Iterable<readonly [string, string]> | undefined;
  /** The body to send; an error with GET or HEAD. @defaultValue none */
  readonly body?: RequestBody | null | undefined;
  /** A value to send as JSON, with `Content-Type: application/json` unless the headers name another. @defaultValue none */
  readonly json?: unknown;
  /**
   * The base URL that a relative target is resolved against, by the URL standard. @defaultValue the page's base URL; none in
   * Node
   */
  readonly baseURL?: string | URL | undefined;
  /**
   * `'arraybuffer'` makes native `XMLHttpRequest` hold the body and deliver it as one chunk at the end, without a detour
   * through text; the other adapters stream anyway. @defaultValue `'stream'`
   */
  readonly responseType?: 'stream' | 'arraybuffer' | undefined;
  /** Replaces the response's `Content-Type` for all decoding. @defaultValue none */
  readonly mimeType?: string | undefined;
  /** Time limits in milliseconds; a number limits the whole request. @defaultValue none */
  readonly timeout?: number | TimeoutLimits | undefined;
  /** Aborting it ends the request with an `AbortedError`. You can unsubscribe without a signal. @defaultValue none */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether a browser sends and stores cookies across origins; in Node, only cookie interceptors use it. @defaultValue
   * `false`
   */
  readonly withCredentials?: boolean | undefined;
  /** The user name for HTTP Basic authentication. @defaultValue the URL's */
  readonly username?: string | undefined;
  /** The password for HTTP Basic authentication. @defaultValue the URL's */
  readonly password?: string | undefined;
  /** Whether redirects are followed, emitted as responses, or errors. @defaultValue `'follow'` */
  readonly redirect?: 'follow' | 'manual' | 'error' | undefined;
  /** How many redirects are followed before an error. @defaultValue 20 */
  readonly maxRedirects?: number | undefined;
  /** Limits that replace the defaults. @defaultValue the defaults of {@link Limits} */
  readonly limits?: Partial<Limits> | undefined;
  /** Copies an anti-forgery cookie into a header field of same-origin requests, except GET and HEAD. @defaultValue `false` */
  readonly xsrf?: boolean | XsrfOptions | undefined;
  /** The adapter that sends the request. @defaultValue Node's in Node, native `XMLHttpRequest` in a browser, else `fetch` */
  readonly adapter?: Adapter | undefined;
  /**
   * Interceptors around the adapter, the first outermost; those of `createRequest` go around those of the call. @defaultValue
   * none
   */
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
