import { type RequestSummary } from './RequestSummary.js';

/** How a message names the request: `GET https://example.org/feed`, or `the request` where none is known. */
export function describeRequest(request: RequestSummary | undefined): string {
  // A data: URL holds the whole document; a message needs no more than what tells it from others.
  return request ? `${request.method} ${request.url.slice(0, 500)}` : 'the request';
}
