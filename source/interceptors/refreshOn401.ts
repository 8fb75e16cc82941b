import {
  defaultIfEmpty,
  defer,
  finalize,
  from,
  Observable,
  type ObservableInput,
  share,
  type Subscription,
  take,
  tap,
} from 'rxjs';
import { originOf } from '../http/serializedUrl.js';
import { type Interceptor } from '../request/Adapter.js';
import { FlowRelay } from '../request/FlowRelay.js';
import { HeaderMap, type HeaderRecord } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';

/**
 * Gets new credentials. What it gives, the first value or the promise's, are header fields that are put on this request and on all
 * later ones to the same origin; nothing, where another interceptor puts them there.
 */
export type Refresh = (
  response: ResponseHead,
  request: NormalizedRequest,
) => ObservableInput<HeaderRecord | undefined>;

/** What is known of one origin. */
interface Session {
  /** How many times it was refreshed: a request that was sent before the latest is sent again without another one. */
  generation: number;
  fields: HeaderMap;
  refreshing: Observable<unknown> | undefined;
}

/**
 * An interceptor that answers a 401 (Unauthorized) by getting new credentials and sending the request once more. However many requests
 * get a 401 at the same time, there is one refresh for each origin, and all wait for it. A second 401 passes, and so does that of a
 * request whose body can be read only once. An error of `refresh` becomes that of every request that waits; unsubscribing from all of
 * them ends it. A request that `refresh` sends itself, through the same interceptor, is left alone.
 *
 * OPENED is emitted again, its `attempt` one higher.
 *
 * @example
 * ```ts
 * import { createRequest, json, refreshOn401, throwIfNotOk } from 'readystream';
 *
 * const login = async () => Promise.resolve({ authorization: 'Bearer fresh' });
 * const api = createRequest({ baseURL: 'https://shop.example/v1/', interceptors: [refreshOn401(login)] });
 * api('me').pipe(throwIfNotOk(), json()).subscribe(console.log); // { name: 'Ada' }
 * ```
 *
 * @see [RFC 9110: 401 Unauthorized](https://www.rfc-editor.org/rfc/rfc9110#name-401-unauthorized)
 */
export function refreshOn401(refresh: Refresh): Interceptor {
  const sessions = new Map<string, Session>();
  /** Whether `refresh` is being called: what it subscribes to meanwhile is its own. */
  let isCalling = false;

  const sessionOf = (url: string): Session => {
    const origin = originOf(url);
    const session = sessions.get(origin) ?? { generation: 0, fields: new HeaderMap(), refreshing: undefined };
    sessions.set(origin, session);
    return session;
  };
  const refreshed = (
    session: Session,
    response: ResponseHead,
    request: NormalizedRequest,
  ): Observable<unknown> =>
    (session.refreshing ??= new Observable<HeaderRecord | undefined>((subscriber) => {
      isCalling = true;
      try {
        return from(refresh(response, request)).subscribe(subscriber);
      } finally {
        isCalling = false;
      }
    }).pipe(
      take(1),
      defaultIfEmpty(undefined),
      tap((fields) => {
        session.generation++;
        if (fields !== undefined) session.fields = HeaderMap.from(fields);
      }),
      finalize(() => {
        session.refreshing = undefined;
      }),
      share(),
    ));

  return (next) => (request) =>
    defer(() => {
      if (isCalling) return next(request);
      const session = sessionOf(request.url);
      return new Observable<ReadyStateEvent>((subscriber) => {
        const relay = new FlowRelay();
        let running: Subscription | undefined;
        const send = (isLast: boolean): void => {
          const { generation } = session;
          const attempt = isLast ? request.attempt + 1 : request.attempt;
          const headers = withFields(request.headers, session.fields);
          new Observable<ReadyStateEvent>((inner) => {
            // Before it is subscribed to, so that one that emits synchronously sees that it is to stop.
            running = inner;
            next({ ...request, headers, attempt }).subscribe(inner);
          }).subscribe({
            next(event) {
              if (event.readyState === 2 && event.response.status === 401 && !isLast && request.repeatable) {
                running?.unsubscribe();
                again(generation, event.response);
              } else if (event.readyState === 1) {
                const flow = event.upload === undefined ? relay.use(event.flow) : event.flow && relay.flow;
                subscriber.next(flow === undefined ? event : { ...event, flow });
              } else subscriber.next(event);
            },
            error(error: unknown) {
              subscriber.error(error);
            },
            complete() {
              subscriber.complete();
            },
          });
        };
        const again = (generation: number, response: ResponseHead): void => {
          if (generation < session.generation) {
            send(true);
            return;
          }
          running = refreshed(session, response, request).subscribe({
            error(error: unknown) {
              subscriber.error(error);
            },
            complete() {
              send(true);
            },
          });
        };
        send(false);
        return () => {
          running?.unsubscribe();
        };
      });
    });
}

function withFields(headers: HeaderMap, fields: HeaderMap): HeaderMap {
  let all = headers;
  for (const [name, value] of fields) all = all.with(name, value);
  return all;
}
