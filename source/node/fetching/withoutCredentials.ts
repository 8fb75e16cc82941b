/** A serialised URL without its user name and password. */
export function withoutCredentials(url: string): string {
  return url.includes('@') ? url.replace(/^([^:/]+:\/\/)[^/?#@]*@/, '$1') : url;
}
