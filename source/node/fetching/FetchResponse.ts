/** A [response](https://fetch.spec.whatwg.org/#concept-response), filtered for those who may not see all of it. Plain data. */
export interface FetchResponse {
  /** The URL that answered, without its fragment. */
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case and values in turn, in their order; without `Set-Cookie`, and across origins without what is not exposed. */
  readonly headers: readonly string[];
  /** Whether its body is null: the answer to `HEAD`, or a status that has none. */
  readonly isBodyNull: boolean;
}
