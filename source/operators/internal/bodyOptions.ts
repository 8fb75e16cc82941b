import { type RequestSummary } from '../../errors/ReadystreamError.js';
import { charsetOf } from '../../http/extractMimeType.js';
import { defaultLimits, type Limits } from '../../options/limits.js';
import { type RequestHead, type ResponseHead } from '../../request/ReadyStateEvent.js';

/** What a parser's maker may know of the exchange whose body it is going to read. */
export interface BodyContext {
  /** The request as OPENED gave it; `undefined` where the source left OPENED out. */
  readonly request: RequestHead | undefined;
  /** The response as the first LOADING gave it, or DONE where the body is empty. */
  readonly response: ResponseHead;
}

/** What the text parsers take: how the body is encoded, what bounds it, and what its errors are to name. */
export interface BodyOptions {
  readonly encoding: string | undefined;
  readonly decodedAs: 'utf-8' | undefined;
  readonly limits: Limits;
  readonly request: RequestSummary | undefined;
  readonly url: string;
}

/** Reads them off the exchange: the `mimeType` option's charset stands before that of `Content-Type`. */
export function bodyOptions({ request, response }: BodyContext): BodyOptions {
  return {
    encoding: charsetOf(response.mimeType) ?? charsetOf(response.headers.get('content-type')),
    decodedAs: response.decodedAs,
    limits: request?.limits ?? defaultLimits,
    request,
    url: response.url,
  };
}
