import { joinBytes } from '../collectBytes.js';
import { type IncrementalParser } from '../IncrementalParser.js';
import { textDecoderBinding } from './textDecoder.js';

/** One for all bodies: it is only given whole characters, so it keeps nothing between two calls. */
let shared: TextDecoder | undefined;

/**
 * Decodes UTF-8; what is malformed becomes U+FFFD. Characters that the pieces cut are put together here, which spares a
 * `TextDecoder` per body and its streaming: in Node 20, 0.06 µs instead of 0.6 for a small body, and a fifth of the time
 * for 64 KiB of ASCII.
 */
export class Utf8Decoder implements IncrementalParser<Uint8Array, string> {
  #carry: Uint8Array | undefined;

  write(chunk: Uint8Array, output: string[]): void {
    const bytes = joinBytes(this.#carry, chunk);
    const length = wholeUtf8(bytes);
    this.#carry = length < bytes.length ? bytes.subarray(length) : undefined;
    if (length > 0) output.push(decode(length < bytes.length ? bytes.subarray(0, length) : bytes));
  }

  end(output: string[]): void {
    if (this.#carry !== undefined) output.push(decode(this.#carry));
  }
}

function decode(bytes: Uint8Array): string {
  return (
    textDecoderBinding.decodeIfWide?.(bytes) ??
    (shared ??= new TextDecoder('utf-8', { ignoreBOM: true })).decode(bytes)
  );
}

/**
 * How many of the bytes, which begin with a whole character, are whole characters of UTF-8: all but a lead byte among the
 * last three that announces more than there is, and what follows it.
 */
export function wholeUtf8(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length - back : length;
  }
  return length;
}
