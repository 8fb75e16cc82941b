import { checkOneOf, defaultLimits, mergeLimits } from '../core.base.js';
import { cookiesOf } from '../fetching/cookiesOf.js';
import { makeFetchClient } from '../fetching/makeFetchClient.js';
import { serializeDocument } from './documents/serializeDocument.js';
import { type Environment } from './Environment.js';
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
  for (const name in options) checkOneOf('option of createXMLHttpRequest', name, Object.keys(optionNames));
  const { baseURL, encoding = 'utf-8', scope, cookieJar, dispatcher, syncDispatcher, schemes } = options;
  if (scope !== undefined) checkOneOf('scope', scope, ['window', 'worker']);
  const limits = mergeLimits(defaultLimits, options.limits);
  const client = makeFetchClient({
    origin: originOf(options.origin),
    referrer: options.referrer === undefined ? undefined : urlOf('referrer', options.referrer),
    schemes,
    dispatcher,
    limits,
    cookies: cookieJar === undefined ? undefined : cookiesOf(cookieJar),
  });
  return {
    scope,
    baseURL: typeof baseURL === 'function' ? baseURL : () => baseURL,
    encoding: typeof encoding === 'function' ? encoding : () => encoding,
    client,
    sync: { client, schemes, cookieJar, hasDispatcher: dispatcher !== undefined, syncDispatcher },
    parseDocument: options.parseDocument,
    serializeDocument: options.serializeDocument ?? serializeDocument,
    reportError: options.reportError,
  };
}

/** An opaque origin is `'null'`. */
function originOf(origin: string | undefined): string | undefined {
  if (origin === undefined || origin === 'null') return origin;
  const url = urlOf('origin', origin);
  return new URL(url).origin;
}

function urlOf(option: string, url: string | URL): string {
  if (!URL.canParse(url)) {
    throw new TypeError(
      `createXMLHttpRequest: the option ${option} is no absolute URL: ${JSON.stringify(url)}`,
    );
  }
  return new URL(url).href;
}
