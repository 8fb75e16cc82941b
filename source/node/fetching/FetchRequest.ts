import { type EncodedBody } from '../../body/EncodedBody.js';

/** A [request](https://fetch.spec.whatwg.org/#concept-request), as far as an `XMLHttpRequest` sets one up. Its mode is `cors`. */
export interface FetchRequest {
  /** As it is sent: `'GET'`. */
  readonly method: string;
  /** A URL, serialised with its user name, password and fragment. */
  readonly url: string;
  /** The author's header fields, names and values in turn; none of them is forbidden to an author. */
  readonly headers: readonly string[];
  readonly body: EncodedBody | undefined;
  /** The use-CORS-preflight flag: somebody listens to the upload. */
  readonly useCorsPreflight: boolean;
  /** Whether the credentials mode is `include`; otherwise it is `same-origin`. */
  readonly includeCredentials: boolean;
}
