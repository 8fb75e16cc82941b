import { type Dispatcher } from 'undici';
import { type Limits } from '../../options/limits.js';
import { type CookieJar } from '../../http/CookieJar.js';
import { type SchemeHandler } from '../schemes/SchemeHandler.js';

/** What {@link createXMLHttpRequest} may be told. */
export interface XMLHttpRequestOptions {
  /** What relative URLs are resolved against; a function is asked at each `open()`. @defaultValue none: a relative URL is a `SyntaxError` */
  readonly baseURL?: string | URL | (() => string | URL) | undefined;
  /**
   * The encoding of the document that the requests stand in, by which the query of a URL is encoded; a function is asked at
   * each `open()`. @defaultValue `'utf-8'`
   */
  readonly encoding?: string | (() => string) | undefined;
  /**
   * The origin that requests are made from: `'https://shop.example'`. With it the
   * [CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol) is enforced as browsers do. @defaultValue none: any
   * server's answer can be read, and no `Origin` is sent
   */
  readonly origin?: string | undefined;
  /** The URL that `Referer` is made from, by the policy `strict-origin-when-cross-origin`. @defaultValue none: no `Referer` is sent */
  readonly referrer?: string | URL | undefined;
  /**
   * Whose rules hold. A `'window'` has `responseXML` and takes neither `timeout` nor `responseType` for synchronous requests;
   * a `'worker'` takes both, and knows no documents. @defaultValue none of these restrictions
   */
  readonly scope?: 'window' | 'worker' | undefined;
  /**
   * Cookies: sent to and taken from the `origin`, and elsewhere where `withCredentials` is set; without an `origin` only where
   * `withCredentials` is set. @defaultValue none
   */
  readonly cookieJar?: CookieJar | undefined;
  /**
   * What carries http and https: an agent, a proxy agent, anything of undici's. Synchronous requests run in another thread, where
   * it cannot go: they need `syncDispatcher` beside it. @defaultValue a keep-alive pool that all requests share
   */
  readonly dispatcher?: Dispatcher | undefined;
  /**
   * A module whose default export is the dispatcher for synchronous requests, loaded in their thread: an absolute URL, such as
   * `new URL('./dispatcher.js', import.meta.url)`. @defaultValue none
   */
  readonly syncDispatcher?: string | URL | undefined;
  /**
   * Schemes beside http, https, data and blob, or a name and a handler of your own (for asynchronous requests). Redirects never
   * reach them. @defaultValue none
   */
  readonly schemes?:
    readonly ('file' | 'ftp' | 'ftps' | readonly [scheme: string, handler: SchemeHandler])[] | undefined;
  /**
   * Makes the document of `responseXML` and of `responseType = 'document'`: from the text and its type, one of those that
   * DOMParser takes (`text/html`, `text/xml`, `application/xml` for all that is XML by its suffix, `application/xhtml+xml`,
   * `image/svg+xml`). What it throws makes them null. @defaultValue slimdom's `Document`, from our XML parser or parse5
   */
  readonly parseDocument?: ((text: string, type: string) => Document) | undefined;
  /** Writes a document that is sent, as markup. @defaultValue well-formed XML, or HTML for an HTML document */
  readonly serializeDocument?: ((document: Document) => string) | undefined;
  /** Is told what a listener throws. @defaultValue as for any `EventTarget`: in Node it becomes an uncaught exception */
  readonly reportError?: ((error: unknown) => void) | undefined;
  /** What bounds a response; see {@link Limits}. @defaultValue {@link Limits}' own */
  readonly limits?: Partial<Limits> | undefined;
}
