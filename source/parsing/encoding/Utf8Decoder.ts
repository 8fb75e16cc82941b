import { joinBytes } from '../collectBytes.js';
import { type IncrementalParser } from '../IncrementalParser.js';
import { textDecoderBinding } from './textDecoder.js';

/** Shared by all bodies: it only receives whole characters, so it keeps no state between calls. */
let shared: TextDecoder | undefined;

/**
 * Decodes UTF-8; malformed bytes become U+FFFD. It joins characters split across pieces itself, which avoids a streaming
 * `TextDecoder` per body: in Node 20, 0.06 µs instead of 0.6 for a small body, and a fifth of the time for 64 KiB of ASCII.
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
 * Returns how many of the bytes, which start at a character boundary, are whole characters of UTF-8: all but a lead byte
 * among the last three that announces more bytes than follow, and those after it.
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
