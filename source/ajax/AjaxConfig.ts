import { type PartialObserver } from 'rxjs';

/** Which of the two transfers an {@link AjaxResponse} reports. */
export type AjaxDirection = 'upload' | 'download';

/** What an {@link AjaxResponse} reports: `download_load` is the response, all others are progress. */
export type AjaxResponseType = `${AjaxDirection}_${'loadstart' | 'progress' | 'load'}`;

/** What `ajax` takes. Only `url` is required. */
export interface AjaxConfig {
  /** The URL to request. Against what it is resolved is up to the `XMLHttpRequest` class. */
  url: string;
  /**
   * The body. A plain object is sent as JSON, with `content-type: application/json;charset=utf-8` unless you set another; text,
   * bytes, forms and blobs are sent as they are. @defaultValue none
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  body?: any;
  /** Whether the request is asynchronous. @defaultValue `true` */
  async?: boolean;
  /** The method. @defaultValue `'GET'` */
  method?: string;
  /** The header fields; their names are sent in lower case. @defaultValue none */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  headers?: Readonly<Record<string, any>>;
  /** The time limit of the request, in milliseconds. @defaultValue `0`, none */
  timeout?: number;
  /** The user name for HTTP authentication. @defaultValue none */
  user?: string;
  /** The password for HTTP authentication. @defaultValue none */
  password?: string;
  /** Whether the request goes to another origin: then no `x-requested-with` is added. @defaultValue `false` */
  crossDomain?: boolean;
  /** Whether cookies are sent and stored across origins. @defaultValue `false` */
  withCredentials?: boolean;
  /** The cookie with the anti-forgery token. @defaultValue none */
  xsrfCookieName?: string;
  /** The header field that the token is sent in. @defaultValue none */
  xsrfHeaderName?: string;
  /** What the response is read as. @defaultValue `'json'` */
  responseType?: XMLHttpRequestResponseType;
  /** Makes the object that carries the request. @defaultValue makes a global `XMLHttpRequest`; in Node without one, ours */
  createXHR?: () => XMLHttpRequest;
  /** Observes the upload: its progress events, then `complete` or `error` with the request. @defaultValue none */
  progressSubscriber?: PartialObserver<ProgressEvent>;
  /** Whether progress of the download is emitted, before the response. @defaultValue `false` */
  includeDownloadProgress?: boolean;
  /** Whether progress of the upload is emitted, before the response. @defaultValue `false` */
  includeUploadProgress?: boolean;
  /** Set in the URL's query; a name that the URL already has is replaced. @defaultValue none */
  queryParams?:
    | string
    | URLSearchParams
    | Record<string, string | number | boolean | string[] | number[] | boolean[]>
    | [string, string | number | boolean | string[] | number[] | boolean[]][];
}

/** A request as it was sent, with all defaults. */
export interface AjaxRequest {
  /** The URL, with `queryParams`. */
  url: string;
  /** The body, a plain object as JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  body?: any;
  /** The method. */
  method: string;
  /** Whether the request is asynchronous. */
  async: boolean;
  /** The header fields, by lower-case name. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  headers: Readonly<Record<string, any>>;
  /** The time limit, in milliseconds; 0 is none. */
  timeout: number;
  /** The user name for HTTP authentication. */
  user?: string;
  /** The password for HTTP authentication. */
  password?: string;
  /** Whether the request goes to another origin. */
  crossDomain: boolean;
  /** Whether cookies are sent and stored across origins. */
  withCredentials: boolean;
  /** What the response is read as. */
  responseType: XMLHttpRequestResponseType;
}

/**
 * Fills in the defaults, appends the query, and turns the body into what `XMLHttpRequest` can send.
 *
 * @throws TypeError if the URL or the body cannot be sent.
 */
export function ajaxRequestOf(config: AjaxConfig): AjaxRequest {
  const given = {
    async: true,
    crossDomain: false,
    withCredentials: false,
    method: 'GET',
    timeout: 0,
    responseType: 'json' as const,
    ...config,
  };
  const headers: Record<string, unknown> = {};
  for (const [name, value] of Object.entries<unknown>(config.headers ?? {})) {
    headers[name.toLowerCase()] = value;
  }
  if (!given.crossDomain) headers['x-requested-with'] ??= 'XMLHttpRequest';
  const { xsrfCookieName, xsrfHeaderName } = given;
  if ((given.withCredentials || !given.crossDomain) && xsrfCookieName && xsrfHeaderName) {
    const token = cookieNamed(xsrfCookieName);
    if (token) headers[xsrfHeaderName] = token;
  }
  const body = bodyToSend(given.body, headers);
  return { ...given, url: urlWithQuery(given), headers, body };
}

function urlWithQuery({ url, queryParams }: AjaxConfig): string {
  if (!queryParams) return url;
  const [path = '', query, ...others] = url.split('?');
  if (others.length > 0) throw new TypeError('invalid url');
  const added = new URLSearchParams(queryParams as ConstructorParameters<typeof URLSearchParams>[0]);
  if (query === undefined) return `${path}?${added.toString()}`;
  const params = new URLSearchParams(query);
  for (const [name, value] of added) params.set(name, value);
  return `${path}?${params.toString()}`;
}

/** The cookie's value as it stands; `undefined` if there is no page or no such cookie. */
function cookieNamed(name: string): string | undefined {
  const cookies = (globalThis as { document?: { cookie?: string } }).document?.cookie ?? '';
  const start = `${name}=`;
  return cookies
    .split(/;\s*/)
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}

/** Only plain objects are for us to write as JSON. What has a tag of its own, `XMLHttpRequest` knows how to send. */
function bodyToSend(body: unknown, headers: Record<string, unknown>): unknown {
  if (!body || typeof body === 'string' || isSendable(body)) return body;
  if (typeof body !== 'object') throw new TypeError('Unknown body type');
  headers['content-type'] ??= 'application/json;charset=utf-8';
  return JSON.stringify(body);
}

const sendable = /^\[object (?:FormData|URLSearchParams|ArrayBuffer|File|Blob|ReadableStream)\]$/;

function isSendable(body: unknown): boolean {
  return ArrayBuffer.isView(body) || sendable.test(Object.prototype.toString.call(body));
}
