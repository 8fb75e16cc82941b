/** What an error keeps of the response it belongs to; a `ResponseHead` is one. */
export interface ResponseSummary {
  /** The URL that answered, after redirects. */
  readonly url: string;
  /** The status code: `404`. */
  readonly status: number;
  /** The reason phrase; empty where HTTP/2 or HTTP/3 carried the response. */
  readonly statusText: string;
  /** The response's header fields by case-insensitive name. */
  readonly headers: ReadonlyMap<string, string> & {
    /** The values of all fields of this name, one by one. */
    getAll(name: string): readonly string[];
    /** The `Set-Cookie` fields, one by one. */
    getSetCookie(): readonly string[];
  };
}
