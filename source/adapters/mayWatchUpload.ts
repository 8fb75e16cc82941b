import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { droppedHeader } from './droppedHeader.js';

/**
 * Whether listening to the upload leaves the request as it is. A listener turns a cross-origin request into one with a
 * [CORS preflight](https://xhr.spec.whatwg.org/#the-send()-method), which a server that takes plain form posts refuses;
 * so nobody listens to a cross-origin request that would go without one.
 */
export function mayWatchUpload({ body, method, url, headers }: NormalizedRequest): boolean {
  const { location } = globalThis as Partial<typeof globalThis>;
  return (
    body !== undefined &&
    (method !== 'POST' ||
      !location ||
      new URL(url).origin === location.origin ||
      droppedHeader(headers, 'no-cors') !== undefined)
  );
}
