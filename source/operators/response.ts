import { defer, map, type OperatorFunction, tap } from 'rxjs';
import { type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';

/** A response's head together with its body. */
export interface HttpResponse<Body> extends ResponseHead {
  /** The inner operator's value for the body. */
  readonly body: Body;
}

/**
 * Emits the response's head together with each value that `inner` emits for the body; once, if `inner` emits one value, as
 * `json()` does.
 *
 * @param inner - the operator that reads the body.
 *
 * @example
 * ```ts
 * import { json, request, response } from 'readystream';
 *
 * request('data:,[1]').pipe(response(json<number[]>())).subscribe(({ status, body }) => {
 *   console.log(status, body); // 200 [ 1 ]
 * });
 * ```
 */
export function response<Body>(
  inner: OperatorFunction<ReadyStateEvent, Body>,
): OperatorFunction<ReadyStateEvent, HttpResponse<Body>> {
  return (source) =>
    defer(() => {
      let received: ResponseHead | undefined;
      return source.pipe(
        tap((event) => {
          if (event.readyState !== 1) received = event.response;
        }),
        inner,
        map((body): HttpResponse<Body> => {
          if (received === undefined)
            throw new TypeError('response(): the inner operator emitted before HEADERS_RECEIVED');
          return { ...received, body };
        }),
      );
    });
}
