import { type EncodedBody } from '../../body/RequestBody.js';

/** A [request](https://fetch.spec.whatwg.org/#concept-request) on its way: the algorithms of the standard change it as they go. */
export interface OngoingRequest {
  method: string;
  /** The current URL, with its user name, password and fragment. */
  url: string;
  /** Names and values in turn: the author's, less what redirects took away. */
  headers: readonly string[];
  body: EncodedBody | undefined;
  readonly useCorsPreflight: boolean;
  /** Whether the credentials mode is `include`. */
  readonly includeCredentials: boolean;
  /** The client's origin; `undefined` where there is none, and so no CORS protocol. */
  readonly origin: string | undefined;
  /** Once `cors`, it stays so. */
  responseTainting: 'basic' | 'cors';
  /** Whether the [redirect-taint](https://fetch.spec.whatwg.org/#concept-request-tainted-origin) is other than `same-origin`. */
  isRedirectTainted: boolean;
  redirectCount: number;
  /** What `Referer` is made from; `undefined` is `no-referrer`. */
  referrer: string | undefined;
  referrerPolicy: string;
}
