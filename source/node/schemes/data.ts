import { NetworkError } from '../../errors/NetworkError.js';
import { stripHttpWhitespace } from '../../http/fieldSyntax.js';
import { type MimeType, parseMimeType, serializeMimeType } from '../../http/mimeType.js';
import { parseUrl, percentDecode } from '../../http/serializedUrl.js';
import { summarize } from './networkErrorFrom.js';
import { type SchemeRequest, type SchemeSink } from './SchemeHandler.js';

/**
 * Handles `data:` URLs, by [scheme fetch](https://fetch.spec.whatwg.org/#scheme-fetch): whatever the method, the response is a
 * 200 with the URL's content, in a later task.
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
  const url = parseUrl(request.url);
  const dataUrl = url && dataUrlProcessor(url);
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

/** The content of a `data:` URL. */
interface DataUrl {
  /** The serialised MIME type, for `Content-Type`. */
  readonly mimeType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const usAsciiText: MimeType = {
  essence: 'text/plain',
  parameters: /*#__PURE__*/ new Map([['charset', 'US-ASCII']]),
};
const base64Ending = /; *base64$/i;

/**
 * [The data: URL processor](https://fetch.spec.whatwg.org/#data-url-processor).
 *
 * @param dataURL - a URL whose scheme is `data`.
 * @returns `undefined` for the standard's failure.
 */
export function dataUrlProcessor(dataURL: URL): DataUrl | undefined {
  // 1. Assert: dataURL's scheme is "data".
  // 2. Let input be the result of running the URL serializer on dataURL with exclude fragment set to true.
  const { href } = dataURL;
  const hash = href.indexOf('#');
  // 3. Remove the leading "data:" from input.
  const input = href.slice('data:'.length, hash === -1 ? undefined : hash);
  // 4. Let position point at the start of input.
  // 5. Let mimeType be the result of collecting a sequence of code points that are not equal to U+002C (,), given position.
  const comma = input.indexOf(',');
  // 7. If position is past the end of input, then return failure.
  if (comma === -1) return undefined;
  // 6. Strip leading and trailing ASCII whitespace from mimeType.
  // Note: a serialised URL has no form feed, the one that is not HTTP whitespace.
  let mimeType = stripHttpWhitespace(input.slice(0, comma));
  // 8. Advance position by 1.
  // 9. Let encodedBody be the remainder of input.
  const encodedBody = input.slice(comma + 1);
  // 10. Let body be the percent-decoding of encodedBody.
  let body = percentDecode(encodedBody);
  // 11. If mimeType ends with U+003B (;), followed by zero or more U+0020 SPACE, followed by an ASCII case-insensitive
  //     match for "base64", then:
  if (base64Ending.test(mimeType)) {
    // 11.1. Let stringBody be the isomorphic decode of body.
    // 11.2. Set body to the forgiving-base64 decode of stringBody.
    const decoded = forgivingBase64Decode(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'),
    );
    // 11.3. If body is failure, then return failure.
    if (decoded === undefined) return undefined;
    body = decoded;
    // 11.4. to 11.6. Remove the last 6 code points from mimeType, trailing U+0020 SPACE code points, and the last U+003B (;).
    mimeType = mimeType.replace(base64Ending, '');
  }
  // 12. If mimeType starts with ";", then prepend "text/plain" to mimeType.
  if (mimeType.startsWith(';')) mimeType = `text/plain${mimeType}`;
  // 13. Let mimeTypeRecord be the result of parsing mimeType.
  // 14. If mimeTypeRecord is failure, then set mimeTypeRecord to text/plain;charset=US-ASCII.
  const mimeTypeRecord = parseMimeType(mimeType) ?? usAsciiText;
  // 15. Return a new data: URL struct whose MIME type is mimeTypeRecord and body is body.
  // Note: serialised, as step 3 of scheme fetch puts it into `Content-Type`.
  return { mimeType: serializeMimeType(mimeTypeRecord), body };
}

/** [Forgiving-base64 decode](https://infra.spec.whatwg.org/#forgiving-base64-decode); `undefined` is its failure. */
function forgivingBase64Decode(data: string): Uint8Array<ArrayBuffer> | undefined {
  // 1. Remove all ASCII whitespace from data.
  let text = data.replace(/[\t\n\f\r ]+/g, '');
  // 2. If data's code point length divides by 4 leaving no remainder, then: if data ends with one or two U+003D (=) code
  //    points, then remove them from data.
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  // 3. If data's code point length divides by 4 leaving a remainder of 1, then return failure.
  // 4. If data contains a code point that is not U+002B (+), U+002F (/) or an ASCII alphanumeric, then return failure.
  if (text.length % 4 === 1 || /[^+/0-9A-Za-z]/.test(text)) return undefined;
  // 5. to 10. Decode; the bits left over at the end are discarded.
  return new Uint8Array(Buffer.from(text, 'base64'));
}
