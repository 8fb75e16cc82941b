/**
 * [Gets an encoding](https://encoding.spec.whatwg.org/#concept-encoding-get) from a label: its name in lower case, or
 * `undefined` where the Encoding Standard has none. The platform's `TextDecoder` knows the labels; what a platform may
 * lack is named here.
 */
export function getEncoding(label: string): string | undefined {
  const name = label.trim().toLowerCase();
  if (name === 'utf-8') return name;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    if (name === 'iso-8859-16' || name === 'x-user-defined') return name;
    return /^(?:replacement|csiso2022kr|hz-gb-2312|iso-2022-(?:cn(?:-ext)?|kr))$/.test(name)
      ? 'replacement'
      : undefined;
  }
}
