import { type Checkpoint } from '../http/Checkpoint.js';
import { mergeOptions } from './mergeOptions.js';
import { type RequestOptions } from './RequestOptions.js';

/**
 * Options of a request for the rest of a document, from a checkpoint on: `Range` and `If-Range`. Without a checkpoint, options of
 * the first request: in Node it asks for a body without content coding, since only in such a body places can be found again.
 *
 * Give the same checkpoint to `elements()`, which checks that the response goes on there, and fails with a `ResumeError`
 * before the first record where it does not.
 *
 * @param checkpoint - what `element.checkpoint()` gave, maybe by way of JSON; `undefined` at the first start.
 * @param options - more options of the request.
 *
 * @example
 * <!-- not run: it needs a server whose documents have entity tags -->
 * ```ts
 * import { request, resumeAt, throwIfNotOk } from 'readystream';
 * import { elements, type XmlCheckpoint } from 'readystream/xml';
 *
 * declare const saved: XmlCheckpoint | undefined;
 * request('https://shop.example/feed.xml', resumeAt(saved))
 *   .pipe(throwIfNotOk(), elements('item', { resumeAt: saved }))
 *   .subscribe((item) => console.log(item.text('title'), JSON.stringify(item.checkpoint())));
 * ```
 *
 * @see [RFC 9110: range requests](https://www.rfc-editor.org/rfc/rfc9110#name-range-requests)
 */
export function resumeAt(checkpoint: Checkpoint | undefined, options: RequestOptions = {}): RequestOptions {
  if (checkpoint === undefined) {
    // Pages must not set it.
    const { process } = globalThis as { process?: { versions?: { node?: string } } };
    return process?.versions?.node === undefined
      ? options
      : mergeOptions({ headers: { 'accept-encoding': 'identity' } }, options);
  }
  const { offset, overlap, validator } = checkpoint;
  return mergeOptions(options, {
    headers: { range: `bytes=${offset - overlap}-`, 'if-range': validator },
  });
}
