/** How many times as long as the last reading took the next one waits. */
const restPerReading = 16;

/**
 * The new bytes of an `XMLHttpRequest` whose text was asked for as `x-user-defined`: there each byte is one code unit,
 * 00-7F itself and 80-FF as U+F780-F7FF ([Encoding](https://encoding.spec.whatwg.org/#x-user-defined)).
 *
 * A body that starts with a byte order mark is decoded by the platform all the same, as UTF-8 or UTF-16 (the standard's
 * [decode](https://encoding.spec.whatwg.org/#decode)), its mark gone. `loaded` gives it away, which counts the body's
 * bytes: `x-user-defined` text has exactly as many code units, decoded text always fewer, if only by its mark. The
 * text's characters alone prove nothing where all are ASCII, or lie in U+F780-F7FF.
 */
export class XhrText {
  /** Whether the platform decoded the body by itself; `undefined` while no text and not the end has been seen. */
  decoded: boolean | undefined;
  /**
   * When the text should be read again, by `performance.now()`. Each reading makes the platform join all text that there
   * is, which is quadratic for a long response read at each progress event: in Chromium 100 MB took 16 s and 200 MB
   * 54 s; resting in proportion to what the last reading took, 1.5 s and 2.5 s.
   */
  notBefore = 0;
  readonly #xhr: XMLHttpRequest;
  #position = 0;

  constructor(xhr: XMLHttpRequest) {
    this.#xhr = xhr;
  }

  /**
   * The bytes of the text that is new.
   *
   * @param loaded - how many bytes of the body there are, from the event.
   * @param last - whether the text is complete.
   * @throws TypeError where the text cannot be trusted to be the body's.
   */
  read(loaded: number, last: boolean): Uint8Array<ArrayBuffer> {
    const start = performance.now();
    const text = this.#xhr.responseText;
    const { length } = text;
    if (length < this.#position || (last && length === 0 && loaded > 3)) {
      throw new TypeError(
        `the text was given up after ${this.#position} of ${loaded} bytes, use fetchAdapter()`,
      );
    }
    let fresh = text.slice(this.#position);
    if (fresh !== '') {
      const now = performance.now();
      this.notBefore = now + (now - start) * restPerReading;
    }
    if (fresh !== '' || last) this.decoded ??= loaded > length;
    if (this.decoded !== true) {
      const bytes = bytesOf(fresh);
      if (bytes !== undefined) {
        this.#position = length;
        return bytes;
      }
      if (this.#position > 0) {
        throw new TypeError('the text was decoded unasked, use fetchAdapter()');
      }
      this.decoded = true;
    }
    // Half of a surrogate pair waits for the other half.
    if (!last && /[\uD800-\uDBFF]$/.test(fresh)) fresh = fresh.slice(0, -1);
    this.#position += fresh.length;
    return new TextEncoder().encode(fresh);
  }
}

/** `undefined` where a code unit cannot come from `x-user-defined`. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f && (unit & 0xff80) !== 0xf780) return undefined;
    bytes[index] = unit;
  }
  return bytes;
}
