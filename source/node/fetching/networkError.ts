import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { type RequestSummary } from '../../errors/ReadystreamError.js';
import { withoutCredentials } from '../../http/serializedUrl.js';
import { type FetchClient } from './FetchClient.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { optionalSchemes } from './schemeHandlers.js';

/** A [network error](https://fetch.spec.whatwg.org/#concept-network-error), with the reason that the standard hides. */
export function networkError(
  request: Pick<OngoingRequest, 'method' | 'url' | 'body'>,
  phase: NetworkPhase,
  reason: string,
  cause?: unknown,
): NetworkError {
  return new NetworkError(phase, { request: summarizeOngoing(request), reason, cause });
}

/** Returns the part of a request that errors show. */
export function summarizeOngoing({
  method,
  url,
  body,
}: Pick<OngoingRequest, 'method' | 'url' | 'body'>): RequestSummary {
  return { method, url: withoutCredentials(url), repeatable: body?.repeatable !== false };
}

/**
 * The end of [scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch): the network error for a scheme that is not
 * allowed.
 */
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

/** Returns the error for a handler that does not return an abort function; its cause is the rejection of an asynchronous one. */
export async function missingAbortError(request: OngoingRequest, given: unknown): Promise<NetworkError> {
  const reason = 'the scheme handler returned neither an abort function nor an object with abort()';
  try {
    await given;
    return networkError(request, 'connect', reason);
  } catch (cause) {
    return networkError(request, 'connect', reason, cause);
  }
}
