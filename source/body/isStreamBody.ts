import { type RequestBody } from './RequestBody.js';

/** Whether the body is read piece by piece while it is sent, and only once. */
export function isStreamBody(
  body: RequestBody | null | undefined,
): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);
}
