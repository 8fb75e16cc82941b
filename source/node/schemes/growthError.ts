import { LimitError } from '../../errors/LimitError.js';
import { summarize } from './networkErrorFrom.js';
import { type SchemeRequest } from './SchemeHandler.js';

/** The ratio of decoded to received bytes counts from here on. */
const ratioCountsFrom = 67_108_864;

/** The error for decoders that have done so much work for so few bytes from the wire; `undefined` while that is within the limit. */
export function growthError(work: number, received: number, request: SchemeRequest): LimitError | undefined {
  const { decompressionRatio } = request.limits;
  if (!(work > Math.max(ratioCountsFrom, decompressionRatio * received))) return undefined;
  return new LimitError('decompressionRatio', decompressionRatio, { request: summarize(request) });
}
