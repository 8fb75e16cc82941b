import { makeTextDecoder } from './makeTextDecoder.js';

/**
 * [Gets an encoding](https://encoding.spec.whatwg.org/#concept-encoding-get) from a label: its name in lower case, or
 * `undefined` where the Encoding Standard has none. A `TextDecoder` knows the labels but for those that it refuses.
 */
export function getEncoding(label: string): string | undefined {
  const name = label.trim().toLowerCase();
  if (name === 'utf-8') return name;
  try {
    return makeTextDecoder(label).encoding;
  } catch {
    return /^(?:replacement|csiso2022kr|hz-gb-2312|iso-2022-(?:cn(?:-ext)?|kr))$/.test(name)
      ? 'replacement'
      : undefined;
  }
}
