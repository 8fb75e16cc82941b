import { type MimeType } from '../../http/MimeType.js';
import { parseMimeType } from '../../http/parseMimeType.js';
import { throwDOMException } from './throwDOMException.js';
import { done, loading, type XMLHttpRequestState } from './XMLHttpRequestState.js';

const octetStream: MimeType = { essence: 'application/octet-stream', parameters: new Map() };

/** The steps of the [`overrideMimeType()`](https://xhr.spec.whatwg.org/#the-overridemimetype()-method) method. */
export function overrideMimeType(xhr: XMLHttpRequestState, mime: string): void {
  // 1. If this's state is loading or done, then throw an "InvalidStateError" DOMException.
  if (xhr.state === loading || xhr.state === done) {
    throwDOMException('InvalidStateError', 'overrideMimeType() comes before the body arrives');
  }
  // 2. Set this's override MIME type to the result of parsing mime.
  // 3. If this's override MIME type is failure, then set it to application/octet-stream.
  xhr.overrideMimeType = parseMimeType(mime) ?? octetStream;
}
