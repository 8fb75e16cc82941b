/** Whether a serialised URL's scheme is an [HTTP(S) scheme](https://fetch.spec.whatwg.org/#http-scheme). */
export function isHttpUrl(url: string): boolean {
  return url.startsWith('http:') || url.startsWith('https:');
}

/** Whether a serialised URL [includes credentials](https://url.spec.whatwg.org/#include-credentials). */
export function includesCredentials(url: string): boolean {
  return url.includes('@') && /^[^:/]+:\/\/[^/?#@]*@/.test(url);
}

/** A serialised URL without its user name and password. */
export function withoutCredentials(url: string): string {
  return url.includes('@') ? url.replace(/^([^:/]+:\/\/)[^/?#@]*@/, '$1') : url;
}

/** A serialised URL without its fragment. */
export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

/** The origin of a serialised http(s) URL, as text; without the URL parser, since every request asks for it. */
export function originOf(url: string): string {
  const plain = withoutCredentials(url);
  return plain.slice(0, plain.indexOf('/', plain.indexOf('//') + 2));
}

/** The path of a serialised http(s) URL, without its query. */
export function pathOf(url: string): string {
  return withoutCredentials(url)
    .slice(originOf(url).length)
    .replace(/[?#][^]*/, '');
}

/** Whether a serialised http(s) URL's origin is [potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy). */
export function isPotentiallyTrustworthy(url: string): boolean {
  return (
    url.startsWith('https:') ||
    /^http:\/\/(?:[^/?#@]*@)?(?:127(?:\.\d+){3}|\[::1\]|(?:[^/?#@:]*\.)?localhost\.?)(?:[:/]|$)/.test(url)
  );
}

/** The parts of a URL that a request is dispatched by. */
interface HttpTarget {
  readonly origin: string;
  readonly path: string;
}

/** An http(s) URL in which there is nothing that parsing it again would change: a name or four plain numbers for a host, no dots to resolve. */
const plainHttpUrl =
  /^(https?:\/\/(?:(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})|(?:[a-z\d-]+\.)*[a-z][a-z\d-]*)(?::\d+)?)(\/(?!\.|.*(?:\/\.|%2[eE]))[-\w.~!$&()*+,;=:@%/?]*)(?:#|$)/;

/**
 * Takes a URL apart, as the standard serialises it: an empty query keeps its question mark. The URL parser is asked only
 * where the text may not be what it would give.
 */
export function splitHttpUrl(url: string): HttpTarget {
  const [, origin, path] = plainHttpUrl.exec(url) ?? [];
  if (origin !== undefined && path !== undefined) return { origin, path };
  const parsed = new URL(url);
  parsed.username = parsed.password = parsed.hash = '';
  return { origin: parsed.origin, path: parsed.href.slice(parsed.origin.length) };
}

/**
 * [Percent-decodes](https://url.spec.whatwg.org/#string-percent-decode) text, by its UTF-8, to bytes. It never throws: a `%`
 * that starts no code stands for itself.
 */
export function percentDecode(input: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(input);
  if (!input.includes('%')) return bytes;
  const output = new Uint8Array(bytes.byteLength);
  let length = 0;
  for (let index = 0; index < bytes.byteLength; index++) {
    const byte = bytes[index] ?? 0;
    const high = byte === 0x25 ? hexValue(bytes[index + 1]) : -1;
    const low = high === -1 ? -1 : hexValue(bytes[index + 2]);
    if (low !== -1) index += 2;
    output[length++] = low === -1 ? byte : high * 16 + low;
  }
  return output.subarray(0, length);
}

/** Percent-decodes text to text, by UTF-8; what is malformed becomes U+FFFD. */
export function percentDecodeText(input: string): string {
  return input.includes('%')
    ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(percentDecode(input))
    : input;
}

function hexValue(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
