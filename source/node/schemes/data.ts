import { NetworkError } from '../../errors/NetworkError.js';
import { dataUrlProcessor } from './dataUrlProcessor.js';
import { type SchemeRequest, type SchemeSink } from './SchemeHandler.js';
import { summarize } from './summarize.js';

/**
 * `data:` URLs, by [scheme fetch](https://fetch.spec.whatwg.org/#scheme-fetch): whatever the method, the answer is a 200
 * with what the URL holds, in a later task.
 */
export function data(request: SchemeRequest, sink: SchemeSink): () => void {
  let aborted = false;
  setImmediate(() => {
    if (!aborted) answer(request, sink, () => aborted);
  });
  return () => {
    aborted = true;
  };
}

function answer(request: SchemeRequest, sink: SchemeSink, isAborted: () => boolean): void {
  const dataUrl = dataUrlProcessor(new URL(request.url));
  if (dataUrl === undefined) {
    const reason = 'the data: URL has no comma, or its base64 is invalid';
    sink.error(new NetworkError('headers', { request: summarize(request), reason }));
    return;
  }
  const { mimeType, body } = dataUrl;
  const total = body.byteLength;
  const headers = ['content-type', mimeType];
  sink.head({ url: request.url, status: 200, statusText: 'OK', headers, redirects: [], total });
  if (isAborted()) return;
  if (total > 0 && request.method !== 'HEAD') {
    sink.received(total);
    sink.data(body);
  }
  // The sink may abort in any of its callbacks.
  if (!isAborted()) sink.end([]);
}
