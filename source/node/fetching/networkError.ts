import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { summaryOf } from './summaryOf.js';

/** A [network error](https://fetch.spec.whatwg.org/#concept-network-error), with the reason that the standard keeps to itself. */
export function networkError(
  request: Pick<OngoingRequest, 'method' | 'url' | 'body'>,
  phase: NetworkPhase,
  reason: string,
  cause?: unknown,
): NetworkError {
  return new NetworkError(phase, { request: summaryOf(request), reason, cause });
}
