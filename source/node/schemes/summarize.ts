import { type RequestSummary } from '../../errors/RequestSummary.js';

/** What an error keeps of a request: a copy, so that no body hangs on the error. */
export function summarize({ method, url, repeatable }: RequestSummary): RequestSummary {
  return { method, url, repeatable };
}
