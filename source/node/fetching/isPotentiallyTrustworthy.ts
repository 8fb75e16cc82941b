/** Whether a serialised http(s) URL's origin is [potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy). */
export function isPotentiallyTrustworthy(url: string): boolean {
  return (
    url.startsWith('https:') ||
    /^http:\/\/(?:[^/?#@]*@)?(?:127(?:\.\d+){3}|\[::1\]|(?:[^/?#@:]*\.)?localhost\.?)(?:[:/]|$)/.test(url)
  );
}
