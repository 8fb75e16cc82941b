import { parseUrl, shownUrl } from '../../http/serializedUrl.js';
import { checkOneOf } from '../../options/checks.js';
import { getEncoding } from '../../parsing/encoding/textDecoder.js';
import { cookiesOf } from '../fetching/cookies.js';
import { type FetchClient } from '../fetching/FetchClient.js';
import { makeFetchClient, originFrom } from '../fetching/makeFetchClient.js';
import { serializeDocument } from './documents/serializeXml.js';
import { type SyncEnvironment } from './sync/protocol.js';
import { type XMLHttpRequestOptions } from './XMLHttpRequestOptions.js';

/** The settings and the client that all requests of one class share. */
export interface Environment {
  readonly scope: 'window' | 'worker' | undefined;
  /** The present base of relative URLs. */
  readonly baseURL: () => string | URL | undefined;
  /** The present encoding for the query of a URL. */
  readonly encoding: () => string;
  readonly client: FetchClient;
  readonly sync: SyncEnvironment;
  readonly parseDocument: XMLHttpRequestOptions['parseDocument'];
  readonly serializeDocument: (document: Document) => string;
  readonly reportError: ((error: unknown) => void) | undefined;
}

const optionNames: Readonly<Record<keyof XMLHttpRequestOptions, true>> = {
  baseURL: true,
  encoding: true,
  origin: true,
  referrer: true,
  scope: true,
  cookieJar: true,
  dispatcher: true,
  syncDispatcher: true,
  schemes: true,
  parseDocument: true,
  serializeDocument: true,
  reportError: true,
  limits: true,
};

/** Checks the options of a class and fills in the defaults. */
export function makeEnvironment(options: XMLHttpRequestOptions): Environment {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError('createXMLHttpRequest needs an object of options');
  }
  for (const name in options) checkOneOf('option of createXMLHttpRequest', name, Object.keys(optionNames));
  const { baseURL, encoding = 'utf-8', scope, cookieJar, dispatcher, schemes } = options;
  if (scope !== undefined) checkOneOf('scope', scope, ['window', 'worker']);
  if (baseURL !== undefined && typeof baseURL !== 'function' && parseUrl(baseURL) === undefined) {
    throw new TypeError(`The option baseURL must be an absolute URL, not '${shownUrl(String(baseURL))}'`);
  }
  if (typeof encoding === 'string' && getEncoding(encoding) === undefined) {
    throw new TypeError(`The option encoding must be a label of the Encoding Standard, not '${encoding}'`);
  }
  requireMethod('parseDocument', options.parseDocument);
  requireMethod('serializeDocument', options.serializeDocument);
  requireMethod('reportError', options.reportError);
  requireMethod('cookieJar', cookieJar, 'getCookieString', 'setCookie');
  requireMethod('dispatcher', dispatcher, 'dispatch');
  const client = makeFetchClient({
    origin: options.origin,
    referrer: options.referrer,
    schemes,
    dispatcher,
    limits: options.limits,
    cookies:
      cookieJar === undefined
        ? undefined
        : cookiesOf(cookieJar, options.origin === undefined ? undefined : originFrom(options.origin)),
  });
  return {
    scope,
    baseURL: typeof baseURL === 'function' ? baseURL : () => baseURL,
    encoding: typeof encoding === 'function' ? encoding : () => encoding,
    client,
    sync: {
      client,
      schemes,
      cookieJar,
      hasDispatcher: dispatcher !== undefined,
      syncDispatcher: options.syncDispatcher,
    },
    parseDocument: options.parseDocument,
    serializeDocument: options.serializeDocument ?? serializeDocument,
    reportError: options.reportError,
  };
}

/** Throws a `TypeError` if an option is set, but is not a function or lacks the required methods. */
function requireMethod(option: string, value: unknown, ...methods: readonly string[]): void {
  if (value === undefined) return;
  const members = Object(value) as Readonly<Record<string, unknown>>;
  if (methods.length === 0 && typeof value !== 'function') {
    throw new TypeError(`The option ${option} must be a function`);
  }
  const missing = methods.find((method) => typeof members[method] !== 'function');
  if (missing !== undefined) throw new TypeError(`The option ${option} must have the method ${missing}()`);
}
