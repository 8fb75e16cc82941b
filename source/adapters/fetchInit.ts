import { isStreamBody } from '../body/isStreamBody.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { iterableToStream } from './iterableToStream.js';
import { unsupportedOption } from './unsupportedOption.js';

/** `duplex` is missing in the platform's types. */
interface StreamingRequestInit extends RequestInit {
  duplex?: 'half';
}

/** The second argument of `fetch` for a request, but for the signal. */
export function fetchInit(request: NormalizedRequest): RequestInit {
  const { method, headers, body, withCredentials, redirect } = request;
  const init: StreamingRequestInit = {
    method,
    headers: [...headers],
    redirect,
    credentials: withCredentials ? 'include' : 'same-origin',
  };
  if (!isStreamBody(body)) return body === undefined ? init : { ...init, body };
  init.duplex = 'half';
  // A browser that cannot send streams writes '[object ReadableStream]' in the place of one, as text.
  const probe: StreamingRequestInit = { method, body: new ReadableStream(), duplex: 'half' };
  if (new Request('data:,', probe).headers.has('content-type')) {
    throw unsupportedOption('fetchAdapter', 'a stream as the body', 'this browser sends none');
  }
  return { ...init, body: 'getReader' in body ? body : iterableToStream(body) };
}
