const remedy = "give responseType: 'arraybuffer', or use fetchAdapter()";

/**
 * Reads the new bytes of an `XMLHttpRequest` whose text was requested as `x-user-defined`: each byte becomes one code unit,
 * 00-7F unchanged and 80-FF as U+F780-F7FF ([Encoding](https://encoding.spec.whatwg.org/#x-user-defined)).
 *
 * If a body starts with a byte order mark, the platform still decodes it as UTF-8 or UTF-16 (the standard's
 * [decode](https://encoding.spec.whatwg.org/#decode)) and removes the mark. `loaded`, which counts the body's bytes, reveals
 * this: `x-user-defined` text has exactly as many code units, decoded text always fewer, if only by its mark. The characters
 * alone prove nothing if all are ASCII or in U+F780-F7FF. Decoded text is returned as UTF-8. So is the text of a class that
 * ignores `overrideMimeType()`, if its first text reveals it; if only later text does, it is an error.
 *
 * @param onDecoded - called before the first bytes of a body that the platform decoded.
 * @returns a function of the number of bytes loaded, from the event, and of whether the text is complete. It throws if the
 * text may not match the body.
 */
export function xhrTextReader(
  xhr: XMLHttpRequest,
  onDecoded: () => void,
): (loaded: number, last: boolean) => Uint8Array<ArrayBuffer> {
  let position = 0;
  let decoded: boolean | undefined;
  return (loaded, last) => {
    const { responseText: text } = xhr;
    if (text.length < position || (last && !text && loaded > 3)) {
      throw new TypeError(`the platform discarded the text after ${position} of ${loaded} bytes: ${remedy}`);
    }
    let fresh = text.slice(position);
    const foreign = /[^\0-\x7f\uf780-\uf7ff]/.test(fresh);
    if (decoded === undefined && (fresh || last)) {
      decoded = foreign || loaded > text.length;
      if (decoded) onDecoded();
    }
    if (decoded === false && last && loaded > text.length) {
      throw new TypeError(`the text has ${text.length} of ${loaded} bytes, as if decoded unasked: ${remedy}`);
    }
    // Half of a surrogate pair waits for the other half.
    if (decoded && !last) fresh = fresh.replace(/[\ud800-\udbff]$/, '');
    position += fresh.length;
    if (decoded) return new TextEncoder().encode(fresh);
    if (foreign) throw new TypeError(`the platform decoded the text unexpectedly: ${remedy}`);
    const bytes = new Uint8Array(fresh.length);
    for (let index = 0; index < bytes.length; index++) bytes[index] = fresh.charCodeAt(index);
    return bytes;
  };
}
