import { textDecoderBinding } from './textDecoder.js';

let decoder: TextDecoder | undefined;

/** Decodes a range of bytes that are known to be whole characters of UTF-8. */
export function decodeRange(bytes: Uint8Array, from: number, to: number): string {
  const length = to - from;
  if (length <= longestShort) {
    let all = 0;
    for (let index = from; index < to; index += 1) all |= bytes[index]!;
    if (all < 0x80) return shortAscii(bytes, from, length);
  }
  const { decodeSlice } = textDecoderBinding;
  if (decodeSlice !== undefined) return decodeSlice(bytes, from, to);
  decoder ??= new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder.decode(bytes.subarray(from, to));
}

const longestShort = 12;

/** Measured: a fifth of the time of a call into the engine. */
function shortAscii(b: Uint8Array, i: number, length: number): string {
  const of = String.fromCharCode;
  switch (length) {
    case 0:
      return '';
    case 1:
      return of(b[i]!);
    case 2:
      return of(b[i]!, b[i + 1]!);
    case 3:
      return of(b[i]!, b[i + 1]!, b[i + 2]!);
    case 4:
      return of(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
    case 5:
      return of(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!);
    case 6:
      return of(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!);
    case 7:
      return of(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!);
    case 8:
      return of(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
    case 9:
      return of(
        b[i]!,
        b[i + 1]!,
        b[i + 2]!,
        b[i + 3]!,
        b[i + 4]!,
        b[i + 5]!,
        b[i + 6]!,
        b[i + 7]!,
        b[i + 8]!,
      );
    case 10:
      return of(
        b[i]!,
        b[i + 1]!,
        b[i + 2]!,
        b[i + 3]!,
        b[i + 4]!,
        b[i + 5]!,
        b[i + 6]!,
        b[i + 7]!,
        b[i + 8]!,
        b[i + 9]!,
      );
    case 11:
      return of(
        b[i]!,
        b[i + 1]!,
        b[i + 2]!,
        b[i + 3]!,
        b[i + 4]!,
        b[i + 5]!,
        b[i + 6]!,
        b[i + 7]!,
        b[i + 8]!,
        b[i + 9]!,
        b[i + 10]!,
      );
    default:
      return of(
        b[i]!,
        b[i + 1]!,
        b[i + 2]!,
        b[i + 3]!,
        b[i + 4]!,
        b[i + 5]!,
        b[i + 6]!,
        b[i + 7]!,
        b[i + 8]!,
        b[i + 9]!,
        b[i + 10]!,
        b[i + 11]!,
      );
  }
}
