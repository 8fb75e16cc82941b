import { isFieldValue } from '../http/fieldSyntax.js';
import { openParts } from './BodyReader.js';
import { type EncodedBody } from './RequestBody.js';

/**
 * Encodes a form with HTML's
 * [multipart/form-data encoding algorithm](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data).
 * Its length is always known, and its files are read while they are sent, never held in memory.
 *
 * @throws TypeError if the form cannot be iterated.
 */
export function encodeMultipart(form: FormData): EncodedBody {
  if (!(Symbol.iterator in form)) {
    throw new TypeError(
      'The body is a FormData whose entries cannot be read, such as one of the package form-data: use the global FormData',
    );
  }
  // The content must not contain the boundary, so the boundary must not be predictable.
  const boundary = `----readystream-${crypto.randomUUID()}`;
  const encoder = new TextEncoder();
  const parts: (Uint8Array | Blob)[] = [];
  /** The text since the last file. */
  let text: string[] = [];
  for (const [name, value] of form) {
    // 1.1 Replace every occurrence of CR not followed by LF, and of LF not preceded by CR, in entry's name, by CRLF.
    text.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escape(withCrlf(name))}"`);
    if (typeof value === 'string') {
      // 1.2 If entry's value is not a File object, then the same in entry's value.
      text.push(`\r\n\r\n${withCrlf(value)}\r\n`);
    } else {
      const type = value.type !== '' && isFieldValue(value.type) ? value.type : 'application/octet-stream';
      text.push(`; filename="${escape(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`);
      parts.push(encoder.encode(text.join('')), value);
      text = ['\r\n'];
    }
  }
  text.push(`--${boundary}--\r\n`);
  const last = encoder.encode(text.join(''));
  parts.push(last);
  const length = parts.reduce(
    (sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : part.size),
    0,
  );
  const contentType = `multipart/form-data; boundary=${boundary}`;
  if (parts.length === 1) return { bytes: last, length, contentType, repeatable: true };
  return { bytes: () => openParts(parts, length), parts, length, contentType, repeatable: true };
}

function withCrlf(text: string): string {
  return text.replace(/\r\n?|\n/g, '\r\n');
}

/** For field names and file names: LF is replaced by `%0A`, CR by `%0D`, and `"` by `%22`. */
function escape(text: string): string {
  return text.replace(/[\n\r"]/g, encodeURIComponent);
}
