import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { type RequestSummary } from '../../errors/ReadystreamError.js';
import { withoutCredentials } from '../../http/serializedUrl.js';
import { type FetchClient } from './FetchClient.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { optionalSchemes } from './schemeHandlers.js';

/** A [network error](https://fetch.spec.whatwg.org/#concept-network-error), with the reason that the standard keeps to itself. */
export function networkError(
  request: Pick<OngoingRequest, 'method' | 'url' | 'body'>,
  phase: NetworkPhase,
  reason: string,
  cause?: unknown,
): NetworkError {
  return new NetworkError(phase, { request: summarizeOngoing(request), reason, cause });
}

/** What an error says of the request. */
export function summarizeOngoing({
  method,
  url,
  body,
}: Pick<OngoingRequest, 'method' | 'url' | 'body'>): RequestSummary {
  return { method, url: withoutCredentials(url), repeatable: body?.repeatable !== false };
}

/** The end of [scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch): the network error for a scheme that is none of those allowed. */
export function unknownScheme(
  request: OngoingRequest,
  scheme: string,
  { schemes, maker }: FetchClient,
): NetworkError {
  const known = [...schemes.keys()].map((name) => `${name}:`).join(', ');
  const isKnown = optionalSchemes.includes(scheme);
  const option = isKnown ? `['${scheme}']` : `[['${scheme}', handler]]`;
  return networkError(
    request,
    'connect',
    `the scheme ${scheme}: is not allowed here, only ${known}; ${maker}({ schemes: ${option} }) ${isKnown ? 'allows' : 'would allow'} it`,
  );
}

/** The error for a handler that gives no function to abort by; of one that is asynchronous, with what it throws. */
export async function missingAbortError(request: OngoingRequest, given: unknown): Promise<NetworkError> {
  const reason = 'what handles the scheme gave neither a function that aborts nor an object with abort()';
  try {
    await given;
    return networkError(request, 'connect', reason);
  } catch (cause) {
    return networkError(request, 'connect', reason, cause);
  }
}
