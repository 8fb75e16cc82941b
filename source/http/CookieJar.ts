/** Where a request stands to the site that it is made for, by which `SameSite` is judged. */
export interface CookieContext {
  /** `'strict'` for the same site, `'none'` for another; not given where there is no site. */
  readonly sameSiteContext?: 'strict' | 'none';
}

/** Where cookies are kept: a `CookieJar` of [tough-cookie](https://github.com/salesforce/tough-cookie), or what has these methods of it. */
export interface CookieJar {
  /** Gives the `Cookie` field for a URL; empty where there is none. */
  getCookieString(url: string, options?: CookieContext): Promise<string>;
  /** Stores a `Set-Cookie` field that a URL answered with. Whether it rejects what is malformed or not for this URL is the jar's affair. */
  setCookie(
    cookie: string,
    url: string,
    options?: CookieContext & { readonly ignoreError?: boolean },
  ): Promise<unknown>;
  /** The same, at once: needed by synchronous requests only. */
  getCookieStringSync?(url: string, options?: CookieContext): string;
  /** The same, at once: needed by synchronous requests only. */
  setCookieSync?(
    cookie: string,
    url: string,
    options?: CookieContext & { readonly ignoreError?: boolean },
  ): unknown;
}

/** A jar, and the page that it is for. */
export interface CookieStore {
  /** The jar. */
  readonly jar: CookieJar;
  /** The serialised origin of that page; `undefined` where there is none. */
  readonly origin: string | undefined;
}
