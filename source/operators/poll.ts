import {
  asyncScheduler,
  Observable,
  type OperatorFunction,
  type SchedulerLike,
  type Subscription,
  takeWhile,
  tap,
} from 'rxjs';
import { freshSeconds } from '../http/freshness.js';
import { parseRetryAfter } from '../http/parseRetryAfter.js';
import { checkNumbers } from '../options/checks.js';
import { HeaderMap } from '../request/HeaderMap.js';
import { type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';
import { type RequestFunction } from '../request/RequestFunction.js';
import { type RequestOptions } from '../request/RequestOptions.js';
import { longestDelay } from '../request/RetryPolicy.js';
import { type HttpResponse, response } from './response.js';
import { retryTransient, type RetryTransientOptions } from './retryTransient.js';
import { text } from './text.js';
import { throwIfNotOk } from './throwIfNotOk.js';

/** What `poll` takes besides its target: the options of a request, and these. */
export interface PollOptions<Body = string> extends RequestOptions {
  /** Milliseconds from the end of one response to the next request; more where the response asks for more. */
  readonly every: number;
  /** The operator that reads the body. @defaultValue `text()` */
  readonly read?: OperatorFunction<ReadyStateEvent, Body> | undefined;
  /** How a request that failed is sent again before it ends the polling. @defaultValue as `retryTransient()` does */
  readonly retry?: RetryTransientOptions | undefined;
  /** What sends the requests, as `createRequest()` makes one. @defaultValue `request` */
  readonly request?: RequestFunction | undefined;
  /** What the time between requests is counted by. @defaultValue RxJS's `asyncScheduler` */
  readonly scheduler?: SchedulerLike | undefined;
}

/** See {@link readystream!poll | poll}. */
export type PollFunction = <Body = string>(
  target: string | URL,
  options: PollOptions<Body>,
) => Observable<HttpResponse<Body>>;

/** Makes the function over a platform's `request`. */
export function pollFactory(platformRequest: RequestFunction): PollFunction {
  return <Body>(
    target: string | URL,
    {
      every,
      read,
      retry,
      request = platformRequest,
      scheduler = asyncScheduler,
      ...options
    }: PollOptions<Body>,
  ) => {
    checkNumbers('poll', { every: every as unknown }, ['every'], 1);
    if ((every as number | undefined) === undefined)
      throw new TypeError('poll: give every, the milliseconds between two requests');
    // Without an operator the body is text, which is what its type is then.
    const readBody = response((read ?? text()) as OperatorFunction<ReadyStateEvent, Body>);
    const again = retryTransient<HttpResponse<Body>>({ scheduler, ...retry });
    const given = HeaderMap.from(options.headers ?? []);
    return new Observable<HttpResponse<Body>>((subscriber) => {
      /** The latest response that was read to its end. */
      let known: ResponseHead | undefined;
      let running: Subscription | undefined;
      const send = (): void => {
        let received: ResponseHead | undefined;
        const responses = request(target, { ...options, headers: withConditions(given, known) }).pipe(
          tap((event) => {
            if (event.readyState === 2) received = event.response;
          }),
          throwIfNotOk(),
          // A server that knows no conditions sends what it sent before.
          takeWhile((event) => event.readyState !== 2 || !isUnchanged(event.response, known)),
          readBody,
          again,
        );
        new Observable<HttpResponse<Body>>((inner) => {
          // Before it is subscribed to, so that one that emits synchronously sees that it is to stop.
          running = inner;
          responses.subscribe(inner);
        }).subscribe({
          next: (value) => {
            subscriber.next(value);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            if (received?.ok === true) known = received;
            if (!subscriber.closed) running = scheduler.schedule(send, restAfter(received));
          },
        });
      };
      const restAfter = (last: ResponseHead | undefined): number => {
        const fresh = last === undefined ? 0 : freshSeconds(last.headers) * 1_000;
        const asked = parseRetryAfter(last?.headers.get('retry-after'), scheduler.now()) ?? 0;
        return Math.min(longestDelay, Math.max(every, fresh, asked));
      };
      send();
      return () => {
        running?.unsubscribe();
      };
    });
  };
}

/** The header fields of a [conditional request](https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests) for what is not known yet. */
function withConditions(given: HeaderMap, known: ResponseHead | undefined): HeaderMap {
  const etag = known?.headers.get('etag');
  const modified = known?.headers.get('last-modified');
  if (etag === undefined && modified === undefined) return given;
  // Those of the caller were for the first request.
  const fields = given.without('if-none-match').without('if-modified-since');
  return etag === undefined
    ? fields.with('If-Modified-Since', modified ?? '')
    : fields.with('If-None-Match', etag);
}

/** By the [weak comparison](https://www.rfc-editor.org/rfc/rfc9110#name-comparison-2), which If-None-Match asks for. */
function isUnchanged({ headers }: ResponseHead, known: ResponseHead | undefined): boolean {
  const [now, before] = [headers.get('etag'), known?.headers.get('etag')];
  if (now !== undefined || before !== undefined) {
    return now !== undefined && now.replace(/^W\//, '') === before?.replace(/^W\//, '');
  }
  const modified = headers.get('last-modified');
  return modified !== undefined && modified === known?.headers.get('last-modified');
}
