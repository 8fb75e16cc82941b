/** Where cookies are kept: a `CookieJar` of [tough-cookie](https://github.com/salesforce/tough-cookie), or what has these methods of it. */
export interface CookieJar {
  /** Gives the `Cookie` field for a URL; empty where there is none. */
  getCookieString(url: string): Promise<string>;
  /** Stores a `Set-Cookie` field that a URL answered with. Whether it rejects what is malformed or not for this URL is the jar's affair. */
  setCookie(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): Promise<unknown>;
  /** The same, at once: needed by synchronous requests only. */
  getCookieStringSync?(url: string): string;
  /** The same, at once: needed by synchronous requests only. */
  setCookieSync?(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): unknown;
}
