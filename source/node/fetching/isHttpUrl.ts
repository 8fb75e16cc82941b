/** Whether a serialised URL's scheme is an [HTTP(S) scheme](https://fetch.spec.whatwg.org/#http-scheme). */
export function isHttpUrl(url: string): boolean {
  return url.startsWith('http:') || url.startsWith('https:');
}
