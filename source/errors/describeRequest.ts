import { type RequestSummary } from './RequestSummary.js';

/** How a message names the request: `GET https://example.org/feed`, or `the request` where none is known. */
export function describeRequest(request: RequestSummary | undefined): string {
  if (request === undefined) return 'the request';
  // A data: URL holds the whole document; a message needs no more than what tells it from others.
  const url = request.url.length > 500 ? `${request.url.slice(0, 500)}…` : request.url;
  return `${request.method} ${url}`;
}
