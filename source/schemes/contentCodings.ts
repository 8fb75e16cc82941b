import * as zlib from 'node:zlib';
import { type Transform, type TransformOptions } from 'node:stream';

type ZstdFactory = (options?: object) => Transform;

/** Enough to keep zlib's thread busy while the next socket read is on its way. */
const options: zlib.ZlibOptions & zlib.BrotliOptions & TransformOptions = { highWaterMark: 256 * 1024 };

/** A stream that undoes one content coding, or `undefined` where the name is not known. */
export function createDecoder(coding: string, firstBytes: Uint8Array): Transform | undefined {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip(options);
    case 'deflate':
      return looksLikeZlib(firstBytes) ? zlib.createInflate(options) : zlib.createInflateRaw(options);
    case 'br':
      return zlib.createBrotliDecompress(options);
    case 'zstd':
      return zstdFactory()?.(options);
    default:
      return undefined;
  }
}

/** Whether a content coding can be undone here. */
export function isContentCoding(coding: string): boolean {
  return /^(?:(?:x-)?gzip|deflate|br)$/.test(coding) || (coding === 'zstd' && zstdFactory() !== undefined);
}

/** The `Accept-Encoding` for what can be decoded here. */
export function acceptEncoding(): string {
  return zstdFactory() === undefined ? 'gzip, deflate, br' : 'gzip, deflate, br, zstd';
}

/** Node has zstd from 22.15 and 23.8 on. */
function zstdFactory(): ZstdFactory | undefined {
  return (zlib as { readonly createZstdDecompress?: ZstdFactory }).createZstdDecompress;
}

/**
 * `deflate` is the zlib format (RFC 9110, 8.4.1.2), but servers send raw deflate under its name. A zlib header is method 8
 * in the low four bits, and both bytes together a multiple of 31.
 */
function looksLikeZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}
