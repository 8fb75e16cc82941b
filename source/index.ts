/**
 * Requests as cold Observables of readyState events, and the operators that read them.
 *
 * @module readystream
 */
import { requestFactory, selectAdapter } from './core.js';

/**
 * Makes a request function with defaults of its own: a base URL, headers, an adapter, interceptors, limits.
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

/** {@inheritDoc RequestFunction} */
export const request = /*#__PURE__*/ createRequest();

export { type Adapter } from './request/Adapter.js';
export {
  AbortedError,
  arrayBuffer,
  blob,
  bytes,
  defaultLimits,
  fetchAdapter,
  head,
  HeaderMap,
  headers,
  HttpStatusError,
  isAbortedError,
  isHttpStatusError,
  isLimitError,
  isNetworkError,
  isParseError,
  isReadystreamError,
  isRequestTimeoutError,
  isXmlError,
  json,
  jsonLines,
  LimitError,
  lines,
  NetworkError,
  ParseError,
  parseWith,
  progress,
  ReadyState,
  ReadystreamError,
  RequestTimeoutError,
  response,
  serverSentEvents,
  status,
  statusLine,
  text,
  textChunks,
  throwIfNotOk,
  xhrAdapter,
  XmlError,
} from './core.js';
export { type FetchAdapterOptions } from './adapters/fetch.js';
export { type XhrAdapterOptions } from './adapters/xhr.js';
export { type RequestBody } from './body/RequestBody.js';
export { type ErrorCode } from './errors/ErrorCode.js';
export { type Limits } from './errors/Limits.js';
export { type NetworkErrorOptions, type NetworkPhase } from './errors/NetworkError.js';
export {
  type ParseErrorOptions,
  type ParseFormat,
  type TextPlace,
  type TextPosition,
} from './errors/ParseError.js';
export { type ReadystreamErrorOptions } from './errors/ReadystreamError.js';
export { type RequestSummary } from './errors/RequestSummary.js';
export { type TimeoutLimit } from './errors/RequestTimeoutError.js';
export { type ResponseSummary } from './errors/ResponseSummary.js';
export { type XmlErrorOptions } from './errors/XmlError.js';
export { type BodyContext } from './operators/internal/BodyContext.js';
export { type ParseWithOptions } from './operators/internal/parseWith.js';
export {
  type StandardSchema,
  type StandardSchemaIssue,
  type StandardSchemaResult,
} from './operators/internal/StandardSchema.js';
export { type TransferProgress } from './operators/progress.js';
export { type HttpResponse } from './operators/response.js';
export { type IncrementalParser } from './parsing/IncrementalParser.js';
export { type ServerSentEvent } from './parsing/parseServerSentEvents.js';
export { type Interceptor } from './request/Interceptor.js';
export { type NormalizedRequest, type TimeoutLimits } from './request/NormalizedRequest.js';
export {
  type DoneEvent,
  type HeadersReceivedEvent,
  type LoadingEvent,
  type OpenedEvent,
  type Progress,
  type ReadyStateEvent,
  type RedirectHop,
  type RequestHead,
  type ResponseHead,
  type Timings,
} from './request/ReadyStateEvent.js';
export { type RequestFunction } from './request/RequestFunction.js';
export { type QueryValue, type RequestOptions } from './request/RequestOptions.js';
export { type XsrfOptions } from './request/xsrfHeader.js';
