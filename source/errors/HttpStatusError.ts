import { describeRequest } from './describeRequest.js';
import { ReadystreamError, type ReadystreamErrorOptions } from './ReadystreamError.js';
import { type ResponseSummary } from './ResponseSummary.js';

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

  constructor(
    response: Response,
    {
      body = '',
      data,
      ...options
    }: ReadystreamErrorOptions & { readonly body?: string; readonly data?: unknown } = {},
  ) {
    const status = `${response.status} ${response.statusText}`.trimEnd();
    const redirected = options.request !== undefined && options.request.url !== response.url;
    super(
      `${describeRequest(options.request)} answered ${status}${redirected ? ` at ${response.url}` : ''}`,
      options,
    );
    this.response = response;
    this.body = body;
    this.data = data;
  }
}
