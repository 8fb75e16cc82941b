/**
 * What two entries share, built once, so that each class exists once. Not an entry itself: the portable entries pass on
 * by name what is public of it, and what runs on one platform only imports the rest from here. What needs no rxjs is a
 * bundle of its own, so that the `XMLHttpRequest` class loads without it.
 */
export {
  AbortedError,
  checkOneOf,
  defaultLimits,
  extractMimeType,
  HttpStatusError,
  isAbortedError,
  isHttpStatusError,
  isJsonMimeType,
  isLimitError,
  isNetworkError,
  isParseError,
  isReadystreamError,
  isRequestTimeoutError,
  isXmlError,
  LimitError,
  mergeLimits,
  NetworkError,
  ParseError,
  ReadystreamError,
  RequestTimeoutError,
  XmlError,
} from './core.base.js';
export { fetchAdapter } from './adapters/fetch.js';
export { selectAdapter } from './adapters/selectAdapter.js';
export { watchRequest } from './adapters/watchRequest.js';
export { xhrAdapter } from './adapters/xhr.js';
export { arrayBuffer } from './operators/arrayBuffer.js';
export { blob } from './operators/blob.js';
export { bytes } from './operators/bytes.js';
export { head } from './operators/head.js';
export { headers } from './operators/headers.js';
export { bodyOptions } from './operators/internal/bodyOptions.js';
export { parseWith } from './operators/internal/parseWith.js';
export { json } from './operators/json.js';
export { jsonLines } from './operators/jsonLines.js';
export { lines } from './operators/lines.js';
export { progress } from './operators/progress.js';
export { response } from './operators/response.js';
export { serverSentEvents } from './operators/serverSentEvents.js';
export { status } from './operators/status.js';
export { statusLine } from './operators/statusLine.js';
export { text } from './operators/text.js';
export { textChunks } from './operators/textChunks.js';
export { throwIfNotOk } from './operators/throwIfNotOk.js';
export { HeaderMap } from './request/HeaderMap.js';
export { ReadyState } from './request/ReadyState.js';
export { requestFactory } from './request/requestFactory.js';
