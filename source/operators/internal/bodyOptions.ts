import { type RequestSummary } from '../../errors/RequestSummary.js';
import { charsetOf } from '../../http/charsetOf.js';
import { defaultLimits } from '../../options/defaultLimits.js';
import { type Limits } from '../../options/Limits.js';
import { type BodyContext } from './BodyContext.js';

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
