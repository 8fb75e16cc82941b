import { getHeader, hasHeader, withoutHeaders } from '../../http/headerList.js';
import { type SchemeRequest } from './SchemeHandler.js';
import { UploadBody, type UploadTarget } from './UploadBody.js';

/** Bodies up to this size are sent as one buffer, together with the head. */
const wholeBodyBytes = 65_536;

/** What undici is given of a request, once for each time that it is sent. */
export interface SentRequest {
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | UploadBody | null;
  /** The body, where it is sent in slices. */
  readonly upload: UploadBody | undefined;
  /** Whether the body waits until the server asks for it. */
  readonly expectContinue: boolean;
}

/** @param target - hears of the progress of a body that is sent in slices. */
export function sentRequest({ headers, body }: SchemeRequest, target: UploadTarget): SentRequest {
  if (body === undefined) return { headers, body: null, upload: undefined, expectContinue: false };
  const expectContinue = getHeader(headers, 'expect')?.toLowerCase() === '100-continue';
  // A text goes as it is: a mock of the caller's compares it.
  const isShort = typeof body.bytes !== 'function' && body.bytes.byteLength <= wholeBodyBytes;
  if (isShort && !expectContinue) {
    return { headers, body: body.text ?? body.bytes, upload: undefined, expectContinue };
  }
  const upload = new UploadBody(body.bytes, target);
  // undici refuses the field: a ContinueGate writes it, or undici itself over HTTP/2.
  const fields = expectContinue ? withoutHeaders(headers, /^expect$/i) : headers;
  const isLengthMissing = body.length !== undefined && !hasHeader(headers, 'content-length');
  return {
    headers: isLengthMissing ? [...fields, 'content-length', String(body.length)] : fields,
    body: upload,
    upload,
    expectContinue,
  };
}

const idempotent = /^(?:GET|HEAD|OPTIONS|TRACE|PUT|DELETE|QUERY)$/;
const closed = /^(?:UND_ERR_SOCKET|ECONNRESET|ECONNABORTED|EPIPE)$/;

/**
 * Whether a request may be sent again after an error of its connection, without asking anybody
 * ([RFC 9112, 9.3.1](https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1)): where doing so twice is doing it once, and the body can be
 * read again.
 */
export function mayResend({ method, repeatable }: SchemeRequest, error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return closed.test(code) && idempotent.test(method) && repeatable;
}
