import { platformGaps } from './platformGaps.js';

/**
 * [Gets an encoding](https://encoding.spec.whatwg.org/#concept-encoding-get) from a label: its name in lower case, or
 * `undefined` where the Encoding Standard has none. The platform's `TextDecoder` knows the labels but for those that it
 * may refuse.
 */
export function getEncoding(label: string): string | undefined {
  const name = label.trim().toLowerCase();
  if (name === 'utf-8') return name;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    if (/^(?:replacement|csiso2022kr|hz-gb-2312|iso-2022-(?:cn(?:-ext)?|kr))$/.test(name))
      return 'replacement';
    return platformGaps.makeDecoder?.(name, 0, undefined) && name;
  }
}
