import { pipeline, Readable } from 'node:stream';
import { parseSize } from './parseSize.js';
import { serve } from './serve.js';

const piece = Buffer.alloc(256 * 1024, 'readystream ');

function* pieces(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= piece.length) {
    yield left < piece.length ? piece.subarray(0, left) : piece;
  }
}

/** `/?size=N`: N bytes. */
serve((request, response) => {
  const bytes = parseSize(request.url);
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  pipeline(Readable.from(pieces(bytes)), response, () => undefined);
});
