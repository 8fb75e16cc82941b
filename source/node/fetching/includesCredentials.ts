/** Whether a serialised URL [includes credentials](https://url.spec.whatwg.org/#include-credentials). */
export function includesCredentials(url: string): boolean {
  return url.includes('@') && /^[^:/]+:\/\/[^/?#@]*@/.test(url);
}
