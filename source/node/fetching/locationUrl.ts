/** Whether it is a [redirect status](https://fetch.spec.whatwg.org/#redirect-status). */
export function isRedirectStatus(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * [Location URL](https://fetch.spec.whatwg.org/#concept-response-location-url); `undefined` is its failure.
 *
 * @param location - the field's value, as isomorphic text.
 * @param current - the URL of the response, whose fragment is inherited.
 */
export function locationUrl(location: string, current: URL): URL | undefined {
  // Field values come as isomorphic text; browsers read a Location's bytes as UTF-8, as its servers mean them.
  const bytes = Buffer.from(location, 'latin1');
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('\uFFFD') ? location : utf8;
  if (!URL.canParse(text, current)) return undefined;
  const url = new URL(text, current);
  // If location is a URL whose fragment is null, then set location's fragment to requestFragment.
  if (!url.href.includes('#')) url.hash = current.hash;
  return url;
}
