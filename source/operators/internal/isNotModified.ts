import { type RequestHead, type ResponseHead } from '../../request/ReadyStateEvent.js';

/**
 * Whether the response is a [304](https://www.rfc-editor.org/rfc/rfc9110#name-304-not-modified) that answers a condition of the
 * request: it has no body, because the caller has that already.
 */
export function isNotModified(request: RequestHead | undefined, { status }: ResponseHead): boolean {
  const fields = request?.headers;
  return (
    status === 304 && (fields?.has('if-none-match') === true || fields?.has('if-modified-since') === true)
  );
}
