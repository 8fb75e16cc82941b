import { shownUrl } from '../http/serializedUrl.js';
import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** The part of a response that an error keeps; a `ResponseHead` fits. */
export interface ResponseSummary {
  /** The URL that responded, after redirects. */
  readonly url: string;
  /** The status code: `404`. */
  readonly status: number;
  /** The reason phrase; empty over HTTP/2 and HTTP/3. */
  readonly statusText: string;
  /** The response's header fields by case-insensitive name. */
  readonly headers: ReadonlyMap<string, string> & {
    /** The values of all fields of this name, one by one. */
    getAll(name: string): readonly string[];
    /** The `Set-Cookie` fields, one by one. */
    getSetCookie(): readonly string[];
  };
}

/** The response's status is outside 200 to 299. Only `throwIfNotOk()` emits this error. */
export class HttpStatusError<Response extends ResponseSummary = ResponseSummary> extends ReadystreamError {
  /** The class's name, even if a bundler shortens it. */
  override readonly name = 'HttpStatusError';
  override readonly code = 'ERR_HTTP_STATUS';
  /** The response's head. */
  readonly response: Response;
  /** The response's body as text, up to `limits.statusErrorBodyBytes`. */
  readonly body: string;
  /** The body as JSON, if the response's media type is JSON and the body parses as JSON; else `undefined`. */
  readonly data: unknown;
  /**
   * Why `body` is not the whole: it is longer than `limits.statusErrorBodyBytes` (`'size'`), it did not arrive in time (`'time'`), or
   * the response broke off (`'network'`, with the error as `cause`). `undefined` where it is whole.
   */
  readonly truncatedBy: 'size' | 'time' | 'network' | undefined;

  constructor(
    response: Response,
    {
      body = '',
      data,
      truncatedBy,
      ...options
    }: ReadystreamErrorOptions & {
      readonly body?: string;
      readonly data?: unknown;
      readonly truncatedBy?: HttpStatusError['truncatedBy'];
    } = {},
  ) {
    const status = `${response.status} ${response.statusText}`.trimEnd();
    const { request } = options;
    const url = shownUrl(response.url);
    const redirected = request !== undefined && shownUrl(request.url) !== url;
    const place = redirected ? ` at ${url.slice(0, 500)}` : '';
    const cut = truncatedBy === 'time' ? ', and its body did not arrive in time' : '';
    super(`${describeRequest(request)} failed with ${status}${place}${cut}`, options);
    this.response = response;
    this.body = body;
    this.data = data;
    this.truncatedBy = truncatedBy;
  }
}
