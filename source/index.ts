/**
 * Requests as cold Observables of readyState events, and the operators that read them.
 *
 * @module readystream
 */
import { selectAdapter } from './adapters/selectAdapter.js';
import { eventSourceFactory } from './operators/eventSource.js';
import { pollFactory } from './operators/poll.js';
import { requestFactory } from './request/requestFactory.js';

export { fetchAdapter, type FetchAdapterOptions } from './adapters/fetch.js';
export { xhrAdapter, type XhrAdapterOptions } from './adapters/xhr.js';
export { type RequestBody } from './body/RequestBody.js';
export { AbortedError } from './errors/AbortedError.js';
export {
  isAbortedError,
  isHttpStatusError,
  isLimitError,
  isResumeError,
  isNetworkError,
  isParseError,
  isReadystreamError,
  isRequestTimeoutError,
  isXmlError,
} from './errors/guards.js';
export { HttpStatusError, type ResponseSummary } from './errors/HttpStatusError.js';
export { LimitError, type LimitName } from './errors/LimitError.js';
export { ResumeError } from './errors/ResumeError.js';
export { type Checkpoint } from './http/Checkpoint.js';
export { NetworkError, type NetworkErrorOptions, type NetworkPhase } from './errors/NetworkError.js';
export {
  ParseError,
  type ParseErrorOptions,
  type ParseFormat,
  type TextPlace,
  type TextPosition,
} from './errors/ParseError.js';
export {
  type ErrorCode,
  ReadystreamError,
  type ReadystreamErrorOptions,
  type RequestSummary,
} from './errors/ReadystreamError.js';
export { RequestTimeoutError, type TimeoutLimit } from './errors/RequestTimeoutError.js';
export { XmlError, type XmlErrorOptions } from './errors/XmlError.js';
export { type CookieContext, type CookieJar, type CookieStore } from './http/CookieJar.js';
export { cookies, type CookiesOptions } from './interceptors/cookies.js';
export { type Refresh, refreshOn401 } from './interceptors/refreshOn401.js';
export { resumeBody } from './interceptors/resumeBody.js';
export { type ResumeBodyOptions, type ResumeNotice } from './interceptors/resumption.js';
export { arrayBuffer } from './operators/arrayBuffer.js';
export { blob } from './operators/blob.js';
export { bytes } from './operators/bytes.js';
export { consume, type ConsumeOptions } from './operators/consume.js';
export { decompress, type DecompressOptions, type PackedFile } from './operators/decompress.js';
export {
  type EventSourceFunction,
  type EventSourceOptions,
  type ReconnectNotice,
} from './operators/eventSource.js';
export { head } from './operators/head.js';
export { headers } from './operators/headers.js';
export { type BodyContext } from './operators/internal/bodyOptions.js';
export { parseWith, type ParseWithOptions } from './operators/internal/parseWith.js';
export {
  type StandardSchema,
  type StandardSchemaIssue,
  type StandardSchemaResult,
} from './operators/internal/StandardSchema.js';
export { type BackPressureOptions } from './operators/internal/BackPressure.js';
export { iterate, type IterateOptions } from './operators/iterate.js';
export { json } from './operators/json.js';
export { jsonLines } from './operators/jsonLines.js';
export { lines } from './operators/lines.js';
export { type PollFunction, type PollOptions } from './operators/poll.js';
export { progress, type TransferProgress } from './operators/progress.js';
export { type HttpResponse, response } from './operators/response.js';
export {
  type FailedAttempt,
  type RetryNotice,
  retryTransient,
  type RetryTransientOptions,
} from './operators/retryTransient.js';
export { serverSentEvents, type ServerSentEventsOptions } from './operators/serverSentEvents.js';
export { status } from './operators/status.js';
export { statusLine } from './operators/statusLine.js';
export { text } from './operators/text.js';
export { textChunks } from './operators/textChunks.js';
export { throwIfNotOk, type ThrowIfNotOkOptions } from './operators/throwIfNotOk.js';
export { defaultLimits, type Limits } from './options/limits.js';
export { type IncrementalParser } from './parsing/IncrementalParser.js';
export { type ServerSentEvent } from './parsing/parseServerSentEvents.js';
export { type Adapter, type Interceptor } from './request/Adapter.js';
export { type BodyDecoder, type BodyDecoderTarget } from './request/BodyDecoder.js';
export { HeaderMap, type HeaderRecord } from './request/HeaderMap.js';
export { type NormalizedRequest, type TimeoutLimits } from './request/NormalizedRequest.js';
export {
  type DoneEvent,
  type Flow,
  type HeadersReceivedEvent,
  type LoadingEvent,
  type OpenedEvent,
  type Progress,
  ReadyState,
  type ReadyStateEvent,
  type RedirectHop,
  type RequestHead,
  type ResponseHead,
  type Timings,
} from './request/ReadyStateEvent.js';
export { type RetryOptions } from './request/RetryPolicy.js';
export { type RequestFunction } from './request/RequestFunction.js';
export { type QueryValue, type RequestOptions } from './request/RequestOptions.js';
export { resumeAt } from './request/resumeAt.js';
export { type XsrfOptions } from './request/xsrfHeader.js';

/**
 * Returns a request function with its own defaults: a base URL, headers, an adapter, interceptors, limits.
 *
 * @example
 * ```ts
 * import { createRequest, json } from 'readystream';
 *
 * const api = createRequest({ baseURL: 'https://shop.example/v1/', headers: { accept: 'application/json' } });
 * api.get('items/3').pipe(json()).subscribe(console.log); // { id: 3, name: 'Crème brûlée' }
 * ```
 */
export const createRequest = /*#__PURE__*/ requestFactory(selectAdapter);

/**
 * Sends a request each time you subscribe, and emits its readyState events: `(opened upload*)+ headersReceived loading* done`.
 * Unsubscribing aborts. Errors are a `TypeError` or a `RangeError` if the request cannot be built, and a `ReadystreamError` if it
 * fails. A status of 404 is not an error: see `throwIfNotOk()`. {@link RequestFunction} has `request.get`, `request.post` and so on.
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 *
 * request('data:,Hello').pipe(text()).subscribe(console.log); // Hello
 * ```
 */
export const request = /*#__PURE__*/ createRequest();

/**
 * Emits [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html), and reconnects as the standard has it: a
 * cold Observable over any method, body and headers. It connects when you subscribe, and stops when you unsubscribe.
 *
 * When the server ends the stream, or the network fails, it waits for the reconnection time (3 s, or what the stream's `retry`
 * says), after failures in a row for longer, and connects again with the ID of the last event as `Last-Event-ID`. The status 204
 * completes it. Any other than 200 is an `HttpStatusError`, a response that is not `text/event-stream` a `ParseError`.
 *
 * @example
 * ```ts
 * import { eventSource } from 'readystream';
 * import { take } from 'rxjs';
 *
 * // This server closes the connection after each two events.
 * eventSource('https://shop.example/stock', { reconnectionTime: 10 })
 *   .pipe(take(3))
 *   .subscribe(({ type, id, data }) => console.log(type, id, data)); // stock 1 {"item":3,"left":12}, then stock 2 {"item":3,"left":11}, then …
 * ```
 *
 * @function
 */
export const eventSource = /*#__PURE__*/ eventSourceFactory(request);

/**
 * Asks for a document again and again, and emits a response only when it has changed: the head, with the body that `read` makes of it
 * (`text()`, unless you say otherwise). It asks under the condition that the document has changed (`If-None-Match`,
 * `If-Modified-Since`), not before the `max-age` of the last response has passed or its `Retry-After`, and stops when you
 * unsubscribe.
 *
 * A request that fails is sent again as `retryTransient()` does, and then ends it with the error. Without an `ETag` or
 * `Last-Modified` nothing tells whether the document has changed, and every response is emitted.
 *
 * @example
 * ```ts
 * import { json, poll } from 'readystream';
 * import { take } from 'rxjs';
 *
 * // Every other response of this server is 304 (Not Modified).
 * poll('https://shop.example/v1/price', { every: 10, read: json<{ price: number }>() })
 *   .pipe(take(3))
 *   .subscribe(({ status, body }) => console.log(status, body.price)); // 200 1, then 200 2, then 200 3
 * ```
 *
 * @see [RFC 9110: conditional requests](https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests)
 *
 * @function
 */
export const poll = /*#__PURE__*/ pollFactory(request);
