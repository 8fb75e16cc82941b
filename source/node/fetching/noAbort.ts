import { type NetworkError } from '../../errors/NetworkError.js';
import { networkError } from './networkError.js';
import { type OngoingRequest } from './OngoingRequest.js';

/** The error for a handler that gives no function to abort by; of one that is asynchronous, with what it throws. */
export async function noAbort(request: OngoingRequest, given: unknown): Promise<NetworkError> {
  const reason = 'what handles the scheme gave no function that aborts';
  try {
    await given;
    return networkError(request, 'connect', reason);
  } catch (cause) {
    return networkError(request, 'connect', reason, cause);
  }
}
