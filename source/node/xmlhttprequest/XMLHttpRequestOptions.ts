import { type Limits } from '../../options/limits.js';
import { type CookieJar } from '../../http/CookieJar.js';
import { type SchemeHandler } from '../schemes/SchemeHandler.js';
import { type HttpDispatcher } from '../schemes/HttpDispatcher.js';

/** The options of {@link createXMLHttpRequest}. */
export interface XMLHttpRequestOptions {
  /**
   * The base of relative URLs; a function is called at each `open()`. @defaultValue none: a relative URL throws a `SyntaxError`
   */
  readonly baseURL?: string | URL | (() => string | URL) | undefined;
  /**
   * The encoding of the document that makes the requests, used to encode the query of a URL; a function is called at each
   * `open()`. @defaultValue `'utf-8'`
   */
  readonly encoding?: string | (() => string) | undefined;
  /**
   * The origin of the requests, such as `'https://shop.example'`. If set, the
   * [CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol) is enforced as in browsers. @defaultValue none: responses
   * of any server can be read, and no `Origin` is sent
   */
  readonly origin?: string | undefined;
  /** The URL to make `Referer` from, by the policy `strict-origin-when-cross-origin`. @defaultValue none: no `Referer` is sent */
  readonly referrer?: string | URL | undefined;
  /**
   * The global scope whose rules apply. A `'window'` has `responseXML`, and its synchronous requests cannot set `timeout` or
   * `responseType`; a `'worker'` can set both, but has no documents. @defaultValue none of these restrictions
   */
  readonly scope?: 'window' | 'worker' | undefined;
  /**
   * The cookie jar. Cookies are exchanged with the `origin`, and with other servers if `withCredentials` is set; without an
   * `origin`, only if `withCredentials` is set. @defaultValue none
   */
  readonly cookieJar?: CookieJar | undefined;
  /**
   * The dispatcher for http and https (an agent, a proxy agent, …), of undici 7 or 8. Synchronous requests run in another thread,
   * to which it cannot be passed: they need `syncDispatcher` as well. @defaultValue a keep-alive pool that all requests share
   */
  readonly dispatcher?: HttpDispatcher | undefined;
  /**
   * The absolute URL of a module, loaded in the thread of synchronous requests, whose default export is their dispatcher, such as
   * `new URL('./dispatcher.js', import.meta.url)`. @defaultValue none
   */
  readonly syncDispatcher?: string | URL | undefined;
  /**
   * Schemes besides http, https, data and blob, by name, or as a name and your own handler (for asynchronous requests). Redirects
   * never lead to them. @defaultValue none
   */
  readonly schemes?:
    readonly ('file' | 'ftp' | 'ftps' | readonly [scheme: string, handler: SchemeHandler])[] | undefined;
  /**
   * Makes the document of `responseXML` and of `responseType = 'document'` from the text and a type that DOMParser takes:
   * `text/html`, `text/xml`, `application/xml` (also for other types with the suffix `+xml`), `application/xhtml+xml` or
   * `image/svg+xml`. If it throws, they are null. @defaultValue slimdom's `Document`, from our XML parser or parse5
   */
  readonly parseDocument?: ((text: string, type: string) => Document) | undefined;
  /** Serializes a document that is sent. @defaultValue well-formed XML, or HTML for an HTML document */
  readonly serializeDocument?: ((document: Document) => string) | undefined;
  /** Receives the errors that listeners throw. @defaultValue as for any `EventTarget`, Node reports an uncaught exception */
  readonly reportError?: ((error: unknown) => void) | undefined;
  /** The limits on a response; see {@link Limits}. @defaultValue the defaults of {@link Limits} */
  readonly limits?: Partial<Limits> | undefined;
}
