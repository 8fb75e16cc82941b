import { type RequestSummary } from '../../errors/RequestSummary.js';
import { type OngoingRequest } from './OngoingRequest.js';
import { withoutCredentials } from './withoutCredentials.js';

/** What an error says of the request. */
export function summaryOf({
  method,
  url,
  body,
}: Pick<OngoingRequest, 'method' | 'url' | 'body'>): RequestSummary {
  return { method, url: withoutCredentials(url), repeatable: body?.repeatable !== false };
}
