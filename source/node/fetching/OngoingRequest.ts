import { type EncodedBody } from '../../body/RequestBody.js';
import { type Limits } from '../../options/limits.js';
import { type SchemeRedirect } from '../schemes/SchemeHandler.js';
import { type Cookies, type FetchRequest } from './fetchContract.js';

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
  readonly redirect: NonNullable<FetchRequest['redirect']>;
  readonly maxRedirects: number;
  /** Those that were followed, first to last: as many as the standard's redirect count says. */
  redirects: readonly SchemeRedirect[];
  /** What `Referer` is made from; `undefined` is `no-referrer`. */
  referrer: string | undefined;
  referrerPolicy: string;
  readonly cookies: Cookies | undefined;
  readonly encoded: boolean | undefined;
  readonly limits: Limits;
  /** As the client's. */
  readonly actsAsBrowser: boolean;
}
