import { type RequestBody } from '../body/RequestBody.js';

/** Whether the body is read piece by piece while it is sent, and only once. */
export function isStreamBody(
  body: RequestBody | undefined,
): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return typeof body === 'object' && ('getReader' in body || Symbol.asyncIterator in body);
}
