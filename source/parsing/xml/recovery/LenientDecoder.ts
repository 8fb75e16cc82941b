import { joinBytes } from '../../collectBytes.js';
import { makeTextDecoder } from '../../encoding/textDecoder.js';
import { wholeUtf8 } from '../../encoding/Utf8Decoder.js';
import { type IncrementalParser } from '../../IncrementalParser.js';

/** Text, or what was put for bytes that are illegal, given in hexadecimal; as U+FFFD where a decoder does not tell them. */
export type LenientPiece = string | { readonly bytes: string; readonly text: string };

const replacement = '\uFFFD';
let strict: TextDecoder | undefined;
let windows1252: TextDecoder | undefined;

/** Decodes UTF-8; what is illegal in it is told from the text. */
export class LenientUtf8Decoder implements IncrementalParser<Uint8Array, LenientPiece> {
  #carry: Uint8Array | undefined;

  write(chunk: Uint8Array, output: LenientPiece[]): void {
    const bytes = joinBytes(this.#carry, chunk);
    const length = wholeUtf8(bytes);
    const text = decode(bytes.subarray(0, length));
    const read = text === undefined ? readIllegal(bytes, false, output) : length;
    if (text !== undefined && text !== '') output.push(text);
    this.#carry = read < bytes.length ? bytes.slice(read) : undefined;
  }

  end(output: LenientPiece[]): void {
    if (this.#carry !== undefined) readIllegal(this.#carry, true, output);
  }
}

/** Decodes another encoding; each U+FFFD in the text is something illegal. */
export class LenientLegacyDecoder implements IncrementalParser<Uint8Array, LenientPiece> {
  readonly #decoder: TextDecoder;

  constructor(encoding: string) {
    this.#decoder = makeTextDecoder(encoding);
  }

  write(chunk: Uint8Array, output: LenientPiece[]): void {
    this.#push(this.#decoder.decode(chunk, { stream: true }), output);
  }

  end(output: LenientPiece[]): void {
    this.#push(this.#decoder.decode(), output);
  }

  #push(text: string, output: LenientPiece[]): void {
    for (const [index, part] of text.split(replacement).entries()) {
      if (index > 0) output.push({ bytes: replacement, text: replacement });
      if (part !== '') output.push(part);
    }
  }
}

function decode(bytes: Uint8Array): string | undefined {
  strict ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Reads bytes among which there are illegal ones, and tells how many could be read. */
function readIllegal(bytes: Uint8Array, ended: boolean, output: LenientPiece[]): number {
  let from = 0;
  let at = 0;
  const copy = (): void => {
    if (at > from) output.push(decode(bytes.subarray(from, at)) ?? '');
  };
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    const illegal = readSequence(bytes, at, -length, ended);
    copy();
    if (illegal === undefined) return at;
    const found = bytes.subarray(at, at + illegal.length);
    const hexadecimal = Array.from(found, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(
      ' ',
    );
    output.push({ bytes: hexadecimal, text: illegal.text });
    from = at += illegal.length;
  }
  copy();
  return at;
}

/**
 * What stands for the illegal bytes, of which `length` cannot be the start of a character; `undefined` where more have to come first.
 * Halves of characters that were encoded each by itself (CESU-8) are one character.
 */
function readSequence(
  bytes: Uint8Array,
  at: number,
  length: number,
  ended: boolean,
): { readonly length: number; readonly text: string } | undefined {
  const [first = 0, second, third] = bytes.subarray(at, at + 3);
  const left = bytes.length - at;
  if (!ended && (length === left || (first === 0xed && left < 6) || ((first & 0xfe) === 0xc0 && left < 2)))
    return undefined;
  if (first === 0xed && isWithin(second, 0xa0, 0xbf) && isWithin(third, 0x80, 0xbf)) {
    const [, low, last] = bytes.subarray(at + 3, at + 6);
    const isPair =
      second < 0xb0 && bytes[at + 3] === 0xed && isWithin(low, 0xb0, 0xbf) && isWithin(last, 0x80, 0xbf);
    if (!isPair) return { length: 3, text: replacement };
    return { length: 6, text: String.fromCharCode(surrogate(second, third), surrogate(low, last)) };
  }
  if ((first & 0xfe) === 0xc0 && isWithin(second, 0x80, 0xbf)) return { length: 2, text: replacement };
  if (length > 1) return { length, text: replacement };
  windows1252 ??= makeTextDecoder('windows-1252');
  return { length: 1, text: windows1252.decode(Uint8Array.of(first)) };
}

function surrogate(second: number, third: number): number {
  return 0xd000 | ((second & 0x3f) << 6) | (third & 0x3f);
}

function isWithin(byte: number | undefined, least: number, most: number): byte is number {
  return byte !== undefined && byte >= least && byte <= most;
}

/**
 * The length of the character that starts here; negative, how many bytes of it there are before the one that cannot be of it.
 *
 * @see [Encoding: UTF-8 decoder](https://encoding.spec.whatwg.org/#utf-8-decoder)
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (!isWithin(first, 0xc2, 0xf4)) return -1;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  let most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let index = 1; index < length; index += 1) {
    if (!isWithin(bytes[at + index], least, most)) return -index;
    least = 0x80;
    most = 0xbf;
  }
  return length;
}
