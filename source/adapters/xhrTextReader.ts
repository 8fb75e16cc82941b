const remedy = "give responseType: 'arraybuffer', or use fetchAdapter()";

/**
 * Reads the new bytes of an `XMLHttpRequest` whose text was asked for as `x-user-defined`: there each byte is one code
 * unit, 00-7F itself and 80-FF as U+F780-F7FF ([Encoding](https://encoding.spec.whatwg.org/#x-user-defined)).
 *
 * A body that starts with a byte order mark is decoded by the platform all the same, as UTF-8 or UTF-16 (the standard's
 * [decode](https://encoding.spec.whatwg.org/#decode)), its mark gone. `loaded` gives it away, which counts the body's
 * bytes: `x-user-defined` text has exactly as many code units, decoded text always fewer, if only by its mark. The
 * text's characters alone prove nothing where all are ASCII, or lie in U+F780-F7FF. Such text comes as UTF-8. So does that of a
 * class which ignores `overrideMimeType()`, where its first text tells; where only later text does, it is an error.
 *
 * @param onDecoded - called before the first bytes of a body that the platform decoded.
 * @returns a function of how many bytes of the body there are, from the event, and of whether the text is complete. It
 *   throws where the text cannot be trusted to be the body's.
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
      throw new TypeError(`the text was given up after ${position} of ${loaded} bytes: ${remedy}`);
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
    if (foreign) throw new TypeError(`the text was decoded unasked: ${remedy}`);
    const bytes = new Uint8Array(fresh.length);
    for (let index = 0; index < bytes.length; index++) bytes[index] = fresh.charCodeAt(index);
    return bytes;
  };
}
