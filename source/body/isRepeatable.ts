import { isStreamBody } from './isStreamBody.js';
import { type RequestBody } from './RequestBody.js';

/**
 * Whether a body can be read again, for a redirect or another attempt: all can but streams and iterables.
 *
 * @throws TypeError that names what was given where it is nothing that a request can send.
 */
export function isRepeatable(body: RequestBody): boolean {
  // By tag, not by class: a FormData of another realm, or of the undici package, is as good as the platform's.
  const tag = Object.prototype.toString.call(body).slice(8, -1);
  const isStream = isStreamBody(body);
  const isLocked = isStream && 'locked' in body && body.locked;
  if (isStream && !isLocked) return false;
  if (ArrayBuffer.isView(body) || /^(String|ArrayBuffer|Blob|File|FormData|URLSearchParams)$/.test(tag))
    return true;
  throw new TypeError(
    `The body cannot be of the kind ${tag}${isLocked ? ' that something else reads' : ''}: give text, bytes, a Blob, ` +
      'a form, a stream or an async iterable of bytes, or give a value for the option json',
  );
}
