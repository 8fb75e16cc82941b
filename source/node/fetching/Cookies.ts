/** The cookies of a client: a jar of the caller's, in this thread or in another. */
export interface Cookies {
  /** The `Cookie` field for a URL; empty where there is none. */
  get(url: string): Promise<string>;
  /** Stores a `Set-Cookie` field; one that is malformed or not for this URL is passed over, as browsers do. */
  set(field: string, url: string): Promise<void>;
}
