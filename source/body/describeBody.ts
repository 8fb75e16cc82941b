import { isStreamBody } from './isStreamBody.js';
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

/** By tag, not by class: a `FormData` of another realm, or of the undici package, is as good as the platform's. */
const kindsByTag: Readonly<Record<string, BodyKind | undefined>> = {
  String: 'text',
  ArrayBuffer: 'bytes',
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
  const tag = Object.prototype.toString.call(body).slice(8, -1);
  const kind = ArrayBuffer.isView(body) ? 'bytes' : kindsByTag[tag];
  if (kind !== undefined) return { kind, repeatable: true };
  const isStream = isStreamBody(body);
  const isLocked = isStream && 'locked' in body && body.locked;
  if (isStream && !isLocked)
    return { kind: 'getReader' in body ? 'stream' : 'asyncIterable', repeatable: false };
  throw new TypeError(
    `The body cannot be of the kind ${tag}${isLocked ? ' that something else reads' : ''}: give text, bytes, a Blob, ` +
      'a form, a stream or an async iterable of bytes, or give a value for the option json',
  );
}
