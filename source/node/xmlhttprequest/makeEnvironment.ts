import { checkOneOf } from '../../options/checkOneOf.js';
import { getEncoding } from '../../parsing/encoding/getEncoding.js';
import { cookiesOf } from '../fetching/cookiesOf.js';
import { makeFetchClient } from '../fetching/makeFetchClient.js';
import { serializeDocument } from './documents/serializeDocument.js';
import { type Environment } from './Environment.js';
import { requireMethod } from './requireMethod.js';
import { type XMLHttpRequestOptions } from './XMLHttpRequestOptions.js';

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

/** Checks the options of a class and fills in what they leave open. */
export function makeEnvironment(options: XMLHttpRequestOptions): Environment {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError('createXMLHttpRequest takes an object of options');
  }
  for (const name in options) checkOneOf('option of createXMLHttpRequest', name, Object.keys(optionNames));
  const { baseURL, encoding = 'utf-8', scope, cookieJar, dispatcher, schemes } = options;
  if (scope !== undefined) checkOneOf('scope', scope, ['window', 'worker']);
  if (baseURL !== undefined && typeof baseURL !== 'function' && !URL.canParse(baseURL)) {
    throw new TypeError(`The option baseURL must be an absolute URL, not '${String(baseURL)}'`);
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
    cookies: cookieJar === undefined ? undefined : cookiesOf(cookieJar),
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
