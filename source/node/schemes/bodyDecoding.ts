import { isReadystreamError } from '../../errors/guards.js';
import { type ContentDecoderTarget } from './ContentDecoder.js';
import { networkErrorFrom } from './networkErrorFrom.js';
import { ResponseDecoding } from './ResponseDecoding.js';
import { type SchemeRequest } from './SchemeHandler.js';

/**
 * Undoes the codings of a body outside of its exchange, for a body that several exchanges bring. Whatever goes wrong is reported as
 * an error of this package, as an exchange would.
 *
 * @param field - the value of `Content-Encoding`.
 */
export function bodyDecoding(
  field: string,
  request: SchemeRequest,
  target: ContentDecoderTarget,
): ResponseDecoding {
  return new ResponseDecoding(field, request, {
    decoded(chunk) {
      target.decoded(chunk);
    },
    drained() {
      target.drained();
    },
    finished() {
      target.finished();
    },
    failed(cause) {
      target.failed(isReadystreamError(cause) ? cause : networkErrorFrom(cause, 'body', request));
    },
  });
}
