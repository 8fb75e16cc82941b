import { type RequestSummary } from '../../errors/ReadystreamError.js';
import { charsetOf } from '../../http/extractMimeType.js';
import { defaultLimits, type Limits } from '../../options/limits.js';
import { type RequestHead, type ResponseHead } from '../../request/ReadyStateEvent.js';

/** The exchange whose body a new parser is going to read. */
export interface BodyContext {
  /** The request of OPENED; `undefined` if the source did not emit OPENED. */
  readonly request: RequestHead | undefined;
  /** The response of the first LOADING, or of DONE if the body is empty. */
  readonly response: ResponseHead;
}

/** Options of the text parsers: the body's encoding, its limits, and the request and URL for errors. */
export interface BodyOptions {
  readonly encoding: string | undefined;
  readonly decodedAs: 'utf-8' | undefined;
  readonly limits: Limits;
  readonly request: RequestSummary | undefined;
  readonly url: string;
}

/** Derives them from the exchange: the charset of the `mimeType` option takes precedence over that of `Content-Type`. */
export function bodyOptions({ request, response }: BodyContext): BodyOptions {
  return {
    encoding: charsetOf(response.mimeType) ?? charsetOf(response.headers.get('content-type')),
    decodedAs: response.decodedAs,
    limits: request?.limits ?? defaultLimits,
    request,
    url: response.url,
  };
}
