import { isRepeatable } from '../body/isRepeatable.js';
import { type RequestBody } from '../body/RequestBody.js';
import { parseMimeType } from '../http/parseMimeType.js';
import { checkNumbers } from '../options/checkNumbers.js';
import { checkOneOf } from '../options/checkOneOf.js';
import { defaultLimits } from '../options/defaultLimits.js';
import { mergeLimits } from '../options/mergeLimits.js';
import { type NormalizedRequest } from './NormalizedRequest.js';
import { normalizeHeaders } from './normalizeHeaders.js';
import { normalizeMethod } from './normalizeMethod.js';
import { normalizeTimeout } from './normalizeTimeout.js';
import { optionNames } from './optionNames.js';
import { type RequestOptions } from './RequestOptions.js';
import { resolveTarget } from './resolveTarget.js';
import { xsrfHeader } from './xsrfHeader.js';

/** Checks every option and fills in every default. All that can be wrong with a request before it is sent is found here. */
export function normalizeRequest(target: string | URL, options: RequestOptions = {}): NormalizedRequest {
  for (const name in options) checkOneOf('request option', name, optionNames);
  const { timeout, signal, mimeType, json, xsrf } = options;
  const {
    responseType = 'stream',
    withCredentials = false,
    redirect = 'follow',
    maxRedirects = 20,
  } = options;
  checkOneOf('responseType', responseType, ['stream', 'arraybuffer']);
  checkOneOf('redirect', redirect, ['follow', 'manual', 'error']);
  checkNumbers('options', { maxRedirects }, optionNames, 0);
  if (mimeType !== undefined && !parseMimeType(mimeType)) {
    throw new TypeError(`mimeType: '${mimeType}' is not a MIME type`);
  }
  const method = normalizeMethod(options.method ?? 'GET');
  const { url, authorization } = resolveTarget(target, options);
  const body = requestBody(options, method);
  let headers = normalizeHeaders(options.headers);
  const add = (name: string, value: string): void => {
    if (!headers.has(name)) headers = headers.with(name, value);
  };
  if (json !== undefined) add('content-type', 'application/json');
  if (authorization !== undefined) add('authorization', authorization);
  if (xsrf) xsrfHeader(method, url, xsrf === true ? {} : xsrf, add);
  return {
    method,
    url: url.href,
    repeatable: body === undefined || isRepeatable(body),
    headers,
    limits: mergeLimits(defaultLimits, options.limits),
    body,
    timeout: normalizeTimeout(timeout),
    signal,
    responseType,
    mimeType,
    withCredentials,
    redirect,
    maxRedirects,
  };
}

function requestBody({ body = null, json }: RequestOptions, method: string): RequestBody | undefined {
  // JSON.stringify is typed as if it always gave a string; a function or a symbol gives undefined.
  const given = json === undefined ? body : (JSON.stringify(json) as string | undefined);
  if (given === undefined) throw new TypeError(`json: a ${typeof json} cannot be written as JSON`);
  if (json !== undefined && body !== null) throw new TypeError('Give either body or json, not both');
  if (given !== null && /^(GET|HEAD)$/.test(method)) {
    throw new TypeError(`A ${method} request takes no body: use another method, or query`);
  }
  return given ?? undefined;
}
