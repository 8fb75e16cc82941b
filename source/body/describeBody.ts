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
  // What a caller without types may give.
  const given: unknown = body;
  if (typeof given === 'string') return { kind: 'text', repeatable: true };
  if (typeof given !== 'object' || given === null)
    throw refusal(given === null ? 'null' : `a ${typeof given}`);
  const tag = Object.prototype.toString.call(given).slice(8, -1);
  const kind = ArrayBuffer.isView(given) ? 'bytes' : kindsByTag[tag];
  if (kind !== undefined) return { kind, repeatable: true };
  if ('getReader' in given) {
    if ('locked' in given && given.locked === true)
      throw refusal('a ReadableStream that something else reads');
    return { kind: 'stream', repeatable: false };
  }
  if (Symbol.asyncIterator in given) return { kind: 'asyncIterable', repeatable: false };
  throw refusal(tag === 'Object' ? 'a plain object' : `an object of the kind ${tag}`);
}

function refusal(given: string): TypeError {
  return new TypeError(
    `The body cannot be ${given}: give a string, bytes, a Blob, FormData, URLSearchParams, a ReadableStream or an async ` +
      'iterable of bytes, or give a value for the option json',
  );
}
