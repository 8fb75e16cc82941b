import { type IncrementalParser } from '../IncrementalParser.js';
import { type ParserOptions } from '../ParserOptions.js';
import { illegalBytes } from './illegalBytes.js';
import { koreanIndex } from './koreanIndex.js';

/** How many code units `String.fromCharCode` is given at once; engines bound the arguments of a call. */
const slice = 8192;

/**
 * The [EUC-KR decoder](https://encoding.spec.whatwg.org/#euc-kr-decoder), which reads Windows' code page 949: Node's knows
 * the 2,350 syllables of KS X 1001 only and reads the 8,822 others as two characters each.
 */
export class EucKrDecoder implements IncrementalParser<Uint8Array, string> {
  readonly #strict: ParserOptions | undefined;
  #lead = 0;
  #offset: number;

  constructor(offset: number, strict: ParserOptions | undefined) {
    this.#offset = offset;
    this.#strict = strict;
  }

  write(chunk: Uint8Array, output: string[]): void {
    for (let start = 0; start < chunk.length; start += slice)
      this.#decode(chunk.subarray(start, start + slice), output);
  }

  end(output: string[]): void {
    // 1. If byte is end-of-queue and EUC-KR lead is not 0x00, then set EUC-KR lead to 0x00 and return error.
    if (this.#lead !== 0) this.#error([], [this.#lead], true, output);
  }

  #decode(bytes: Uint8Array, output: string[]): void {
    const index = koreanIndex();
    const units: number[] = [];
    for (const byte of bytes) {
      const lead = this.#lead;
      this.#offset += 1;
      if (lead !== 0) {
        // 3. Let pointer be (lead - 0x81) * 190 + (byte - 0x41) if byte is in the range 0x41 to 0xFE; the code point is
        //    that of pointer in index EUC-KR.
        const unit = byte >= 0x41 && byte <= 0xfe ? (index[(lead - 0x81) * 190 + byte - 0x41] ?? 0) : 0;
        this.#lead = 0;
        if (unit !== 0) units.push(unit);
        else {
          this.#error(units, [lead, byte], false, output);
          // If byte is an ASCII byte, restore it to ioQueue.
          if (byte < 0x80) units.push(byte);
        }
      } else if (byte < 0x80) {
        // 4. If byte is an ASCII byte, return a code point whose value is byte.
        units.push(byte);
      } else if (byte > 0x80 && byte < 0xff) {
        // 5. If byte is in the range 0x81 to 0xFE, set EUC-KR lead to byte and return continue.
        this.#lead = byte;
      } else {
        // 6. Return error.
        this.#error(units, [byte], false, output);
      }
    }
    if (units.length > 0) output.push(String.fromCharCode(...units));
  }

  #error(units: number[], bytes: readonly number[], truncated: boolean, output: string[]): void {
    units.push(0xfffd);
    if (this.#strict === undefined) {
      if (truncated) output.push('\uFFFD');
      return;
    }
    if (units.length > 1) output.push(String.fromCharCode(...units.slice(0, -1)));
    const place = { bytes: Uint8Array.from(bytes), offset: this.#offset - bytes.length, truncated };
    throw illegalBytes({ encoding: 'euc-kr', ...place }, this.#strict);
  }
}
