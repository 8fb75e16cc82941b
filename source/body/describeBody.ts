import { isRepeatable } from './isRepeatable.js';
import { type RequestBody } from './RequestBody.js';

/** Which of the things that can be sent a body is. */
export type BodyKind =
  'text' | 'bytes' | 'blob' | 'formData' | 'urlSearchParams' | 'stream' | 'asyncIterable';

/** What has to be known of a body before it is sent. */
export interface BodyDescription {
  readonly kind: BodyKind;
  /** Whether the body can be read again, for a redirect or another attempt. */
  readonly repeatable: boolean;
}

/** By tag, not by class, as {@link isRepeatable} has it; all others are bytes, or streams. */
const kindsByTag: Readonly<Record<string, BodyKind | undefined>> = {
  String: 'text',
  Blob: 'blob',
  File: 'blob',
  FormData: 'formData',
  URLSearchParams: 'urlSearchParams',
};

/**
 * Tells what kind of body it is.
 *
 * @throws TypeError that names what was given where it is nothing that a request can send.
 */
export function describeBody(body: RequestBody): BodyDescription {
  if (!isRepeatable(body)) {
    return {
      kind: typeof body === 'object' && 'getReader' in body ? 'stream' : 'asyncIterable',
      repeatable: false,
    };
  }
  const tag = Object.prototype.toString.call(body).slice(8, -1);
  return { kind: kindsByTag[tag] ?? 'bytes', repeatable: true };
}
