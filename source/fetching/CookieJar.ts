/** Where cookies are kept: a `CookieJar` of [tough-cookie](https://github.com/salesforce/tough-cookie), or what has these methods of it. */
export interface CookieJar {
  getCookieString(url: string): Promise<string>;
  setCookie(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): Promise<unknown>;
  /** Needed by synchronous requests only. */
  getCookieStringSync?(url: string): string;
  /** Needed by synchronous requests only. */
  setCookieSync?(cookie: string, url: string, options?: { readonly ignoreError?: boolean }): unknown;
}
