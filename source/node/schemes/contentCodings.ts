import { type Transform, type TransformOptions } from 'node:stream';
import zlib from 'node:zlib';

type ZstdFactory = (options?: object) => Transform;

/** Returns a stream that decodes one content coding, or `undefined` for an unknown name. */
export function createDecoder(coding: string, firstBytes: Uint8Array): Transform | undefined {
  const options = decoderOptions(firstBytes);
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

/**
 * Room for a few socket reads, so that zlib's thread has work until the next arrives; and output chunks of 64 KiB, which take a
 * third less CPU than zlib's 16 KiB for a feed of 16 MB, but more for a short response.
 */
function decoderOptions(firstBytes: Uint8Array): zlib.ZlibOptions & zlib.BrotliOptions & TransformOptions {
  return { highWaterMark: 262_144, chunkSize: firstBytes.byteLength < 4_096 ? 16_384 : 65_536 };
}

/** Whether a content coding can be decoded here. */
export function isContentCoding(coding: string): boolean {
  return /^(?:(?:x-)?gzip|deflate|br)$/.test(coding) || (coding === 'zstd' && zstdFactory() !== undefined);
}

/**
 * Returns the `Accept-Encoding` for the codings supported here. A part of an encoded body could not be decoded: a request for a
 * range asks for `identity`, by [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
export function acceptEncoding(hasRange = false): string {
  if (hasRange) return 'identity';
  return zstdFactory() === undefined ? 'gzip, deflate, br' : 'gzip, deflate, br, zstd';
}

/** Node has zstd since 22.15 and 23.8; looked up on the default export, since webpack turns a namespace into named imports. */
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
