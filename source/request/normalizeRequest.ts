import { describeBody } from '../body/describeBody.js';
import { type RequestBody } from '../body/RequestBody.js';
import { defaultLimits } from '../errors/defaultLimits.js';
import { mergeLimits } from '../errors/mergeLimits.js';
import { parseMimeType } from '../mime/parseMimeType.js';
import { HeaderMap } from './HeaderMap.js';
import { checkOptionNames } from './checkOptionNames.js';
import { normalizeHeaders } from './normalizeHeaders.js';
import { normalizeMethod } from './normalizeMethod.js';
import { type NormalizedRequest } from './NormalizedRequest.js';
import { normalizeTimeout } from './normalizeTimeout.js';
import { type RequestOptions } from './RequestOptions.js';
import { resolveTarget } from './resolveTarget.js';
import { xsrfHeader } from './xsrfHeader.js';

const noHeaders = /*#__PURE__*/ new HeaderMap();

/** Checks every option and fills in every default. All that can be wrong with a request before it is sent is found here. */
export function normalizeRequest(target: string | URL, options: RequestOptions = {}): NormalizedRequest {
  checkOptionNames(options);
  checkValues(options);
  const method = normalizeMethod(options.method ?? 'GET');
  const { url, authorization } = resolveTarget(target, options);
  let headers = options.headers === undefined ? noHeaders : normalizeHeaders(options.headers);
  const body = requestBody(options, method);
  if (options.json !== undefined && !headers.has('content-type')) {
    headers = headers.with('content-type', 'application/json');
  }
  if (authorization !== undefined && !headers.has('authorization')) {
    headers = headers.with('authorization', authorization);
  }
  if (options.xsrf !== undefined && options.xsrf !== false) {
    headers = xsrfHeader(method, url, headers, options.xsrf === true ? {} : options.xsrf);
  }
  return {
    method,
    url: url.href,
    repeatable: body === undefined || describeBody(body).repeatable,
    headers,
    limits: mergeLimits(defaultLimits, options.limits),
    body,
    timeout: options.timeout === undefined ? undefined : normalizeTimeout(options.timeout),
    signal: options.signal,
    responseType: options.responseType ?? 'stream',
    mimeType: options.mimeType,
    withCredentials: options.withCredentials ?? false,
    redirect: options.redirect ?? 'follow',
    maxRedirects: options.maxRedirects ?? 20,
  };
}

function requestBody({ body, json }: RequestOptions, method: string): RequestBody | undefined {
  if (json === undefined && (body === undefined || body === null)) return undefined;
  if (method === 'GET' || method === 'HEAD') {
    throw new TypeError(`A ${method} request takes no body: use another method, or put the values into query`);
  }
  if (json === undefined) return body ?? undefined;
  if (body !== undefined && body !== null) throw new TypeError('Give either body or json, not both');
  // JSON.stringify is typed as if it always gave a string; a function or a symbol gives undefined.
  const text = JSON.stringify(json) as string | undefined;
  if (text === undefined) throw new TypeError(`json: a ${typeof json} cannot be written as JSON`);
  return text;
}

function checkValues({ redirect, responseType, maxRedirects, mimeType }: RequestOptions): void {
  oneOf('redirect', redirect, ['follow', 'manual', 'error']);
  oneOf('responseType', responseType, ['stream', 'arraybuffer']);
  if (maxRedirects !== undefined && !(maxRedirects >= 0)) {
    throw new RangeError(`maxRedirects is ${maxRedirects}: give a number from 0`);
  }
  if (mimeType !== undefined && parseMimeType(mimeType) === undefined) {
    throw new TypeError(`mimeType: '${mimeType}' is not a MIME type`);
  }
}

function oneOf(name: string, value: string | undefined, values: readonly string[]): void {
  if (value !== undefined && !values.includes(value)) {
    throw new TypeError(`${name}: '${value}' is unknown: give one of ${values.join(', ')}`);
  }
}
