import { type Adapter } from '../../../source/request/Adapter.js';

/** Where platforms differ: each is stated by the spec that runs the contracts, and the contract checks either side. */
export interface Capabilities {
  /** `redirect: 'manual'` hands over the redirect; else it is a `TypeError`. */
  readonly manualRedirect: boolean;
  /** `redirect: 'error'` makes a redirect an error of the network; else it is a `TypeError`. */
  readonly redirectError: boolean;
  /** `response.redirects` lists the redirects; else it is undefined. */
  readonly seesRedirects: boolean;
  /** `maxRedirects` is honoured; else it is a `TypeError`. */
  readonly maxRedirects: boolean;
  /** `timeout.connect` and `timeout.send` are honoured; else they are a `TypeError`. */
  readonly connectTimeout: boolean;
  /** A stream is sent as it is read; else it is a `TypeError`, or (in Chromium without HTTP/2) an error of the network. */
  readonly streamBodies: boolean | 'network error';
  /** OPENED events tell of the upload. */
  readonly uploadProgress: boolean;
  /** Header sections of more than 16 KiB are read; Node's fetch refuses them. */
  readonly longHeaders: boolean;
  /** Wire bytes of a compressed response are told. */
  readonly transferredOfCompressed: boolean;
  /** The phases that a refused connection may be told by. */
  readonly refusedPhases: readonly string[];
  /** `limits.decompressionRatio` is honoured; else it is a `TypeError`. */
  readonly decompressionRatio: boolean;
  /** The head is told before there is any body; Chromium's XMLHttpRequest tells it with the first bytes. */
  readonly headAlone: boolean;
  /** `responseType: 'arraybuffer'` gives one chunk at the end. */
  readonly oneChunk: boolean;
}

/** What a contract runs on. */
export interface Subject {
  readonly adapter: Adapter;
  /** The test server's origin. */
  readonly origin: string;
  readonly can: Capabilities;
}
