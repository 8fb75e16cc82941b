import { type CookieJar } from '../../../source/http/CookieJar.js';
import { type Scope } from './Job.js';

/** What an implementation may know of where it is put: of a page, or (the optional members missing) of a bare Node global. */
export interface Environment {
  /** Read again at each use: a `<base>` moves it. */
  readonly baseURL: () => string;
  /** The URL of the page itself. */
  readonly url: string;
  readonly origin: string;
  readonly scope: Scope;
  /** The server speaks HTTP/2 alone. */
  readonly isHttp2: boolean;
  readonly reportError: (error: unknown) => void;
  readonly cookieJar?: CookieJar;
  readonly encoding?: () => string;
  readonly parseDocument?: (text: string, type: string) => Document;
  readonly serializeDocument?: (document: Document) => string;
}
