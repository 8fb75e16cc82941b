import { shownUrl } from '../http/serializedUrl.js';
import { describeRequest, ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';

/** What an error keeps of the response it belongs to; a `ResponseHead` is one. */
export interface ResponseSummary {
  /** The URL that answered, after redirects. */
  readonly url: string;
  /** The status code: `404`. */
  readonly status: number;
  /** The reason phrase; empty where HTTP/2 or HTTP/3 carried the response. */
  readonly statusText: string;
  /** The response's header fields by case-insensitive name. */
  readonly headers: ReadonlyMap<string, string> & {
    /** The values of all fields of this name, one by one. */
    getAll(name: string): readonly string[];
    /** The `Set-Cookie` fields, one by one. */
    getSetCookie(): readonly string[];
  };
}

/** The response's status is outside 200 to 299, and `throwIfNotOk()` was asked to refuse that. */
export class HttpStatusError<Response extends ResponseSummary = ResponseSummary> extends ReadystreamError {
  /** The class's name, also where a bundler shortens it. */
  override readonly name = 'HttpStatusError';
  override readonly code = 'ERR_HTTP_STATUS';
  /** The response's head. */
  readonly response: Response;
  /** The response's body as text, up to `limits.statusErrorBodyBytes`. */
  readonly body: string;
  /** The body as JSON where the response says that it is JSON and it can be read as such, else `undefined`. */
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
    super(`${describeRequest(request)} answered ${status}${place}${cut}`, options);
    this.response = response;
    this.body = body;
    this.data = data;
    this.truncatedBy = truncatedBy;
  }
}
