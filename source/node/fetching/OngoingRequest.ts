import { type EncodedBody } from '../../body/RequestBody.js';
import { type Limits } from '../../options/limits.js';
import { type SchemeRedirect } from '../schemes/SchemeHandler.js';
import { type Cookies, type FetchRequest } from './fetchContract.js';

/** A [request](https://fetch.spec.whatwg.org/#concept-request) in progress: the standard's algorithms change it as they run. */
export interface OngoingRequest {
  method: string;
  /** The current URL, with its user name, password and fragment. */
  url: string;
  /** The author's names and values in turn, except those that redirects removed. */
  headers: readonly string[];
  body: EncodedBody | undefined;
  readonly useCorsPreflight: boolean;
  /** Whether the credentials mode is `include`. */
  readonly includeCredentials: boolean;
  /** The client's origin; `undefined` if there is none, and so no CORS protocol. */
  readonly origin: string | undefined;
  /** Stays `cors` once set. */
  responseTainting: 'basic' | 'cors';
  /** Whether the [redirect-taint](https://fetch.spec.whatwg.org/#concept-request-tainted-origin) is other than `same-origin`. */
  isRedirectTainted: boolean;
  readonly redirect: NonNullable<FetchRequest['redirect']>;
  readonly maxRedirects: number;
  /** The redirects followed, first to last: their number is the standard's redirect count. */
  redirects: readonly SchemeRedirect[];
  /** The URL to make `Referer` from; `undefined` is `no-referrer`. */
  referrer: string | undefined;
  referrerPolicy: string;
  readonly cookies: Cookies | undefined;
  readonly encoded: boolean | undefined;
  readonly limits: Limits;
  /** As in the client. */
  readonly actsAsBrowser: boolean;
}
