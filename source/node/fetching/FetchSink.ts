import { type ReadystreamError } from '../../errors/ReadystreamError.js';
import { type FetchResponse } from './FetchResponse.js';

/**
 * What a fetch reports to. In this order: `requestBodySent* requestEndOfBody? response bodyChunk* endOfBody`, or `failed`
 * at any point; nothing after `endOfBody`, `failed` or the termination, and nothing before `fetch` has returned. The two on
 * the request's body come once for a body, however often redirects and authentication have it sent, never for a
 * preflight, never after `response`; `requestEndOfBody` comes before `response` wherever there was a body.
 */
export interface FetchSink {
  /** So many bytes of the request's body, in all, have been handed to the network. */
  requestBodySent(loaded: number): void;
  /** processRequestEndOfBody: the request's body is sent. */
  requestEndOfBody(): void;
  /** processResponse: the head of the final response is there. */
  response(response: FetchResponse): void;
  /** Further bytes of the body, content codings undone. They never change afterwards. */
  bodyChunk(bytes: Uint8Array<ArrayBuffer>): void;
  /** The body is complete; also where it is null. */
  endOfBody(): void;
  /** A network error, in place of a response or in the middle of its body. */
  failed(error: ReadystreamError): void;
}
