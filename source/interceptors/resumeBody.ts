import { Observable, type Subscriber } from 'rxjs';
import { type Interceptor } from '../request/Adapter.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { checkRetryOptions, retryOptionNames } from '../request/RetryPolicy.js';
import { ResumedBody } from './ResumedBody.js';
import { type ResumeBodyOptions } from './resumption.js';

const names = /*#__PURE__*/ [...retryOptionNames, 'onResume'];

/**
 * An interceptor by which the body of a GET goes on where the network dropped it: it asks for the rest
 * ([Range](https://www.rfc-editor.org/rfc/rfc9110#name-range), If-Range), and passes it on as if nothing had happened. Text, XML and
 * records do not notice: no byte comes twice, none is missing. In Node a compressed body is resumed too, beneath its decoding.
 *
 * It goes on only where the server proves that the document is the same, by a strong ETag or a Last-Modified that can be relied on.
 * Otherwise the error says why not: there is no validator or a weak one, the document has changed, the server answered with another
 * range than it was asked for, or a browser has decoded the body by itself. A server that answers with the whole of the same
 * document is read from where it matters.
 *
 * It waits as `retryTransient()` does before each request, at first up to 250 ms; `count` (5) starts again with each byte that
 * arrives. A request that fails before its response's head is not its affair: let `retryTransient()` send it again.
 *
 * @example
 * ```ts
 * import { request, resumeBody, retryTransient } from 'readystream';
 * import { elements } from 'readystream/xml';
 *
 * // The server cuts the connection off in the middle of the feed.
 * request('https://shop.example/unreliable.xml', { interceptors: [resumeBody()] })
 *   .pipe(elements('item'), retryTransient())
 *   .subscribe((item) => console.log(item.text('title'))); // Green tea, then Black tea
 * ```
 *
 * @see [RFC 9110: range requests](https://www.rfc-editor.org/rfc/rfc9110#name-range-requests)
 */
export function resumeBody(options: ResumeBodyOptions = {}): Interceptor {
  checkRetryOptions('resumeBody', options, names);
  return (next) => (request) =>
    request.method === 'GET'
      ? new Observable((subscriber: Subscriber<ReadyStateEvent>) => {
          const body = new ResumedBody(next, request, subscriber, options);
          body.send();
          return body;
        })
      : next(request);
}
