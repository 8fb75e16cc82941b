import { isRepeatable, kindOf, type RequestBody } from '../body/RequestBody.js';
import { isFieldValue, isToken, shownName, stripHttpWhitespace } from '../http/fieldSyntax.js';
import { forEachHeader } from '../http/headerList.js';
import { parseMimeType } from '../http/mimeType.js';
import { checkNumbers, checkOneOf } from '../options/checks.js';
import { defaultLimits, mergeLimits } from '../options/limits.js';
import { HeaderMap } from './HeaderMap.js';
import { type NormalizedRequest, type TimeoutLimits } from './NormalizedRequest.js';
import { optionNames, type RequestOptions } from './RequestOptions.js';
import { resolveTarget } from './resolveTarget.js';
import { xsrfHeader } from './xsrfHeader.js';

/** Checks all options and fills in all defaults. Finds every error that a request can have before it is sent. */
export function normalizeRequest(
  target: string | URL,
  options: RequestOptions = {},
  attempt = 1,
): NormalizedRequest {
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
    attempt,
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
  // JSON.stringify is typed as if it always returned a string, but returns undefined for a function or a symbol.
  const given = json === undefined ? body : (JSON.stringify(json) as string | undefined);
  if (given === undefined) throw new TypeError(`json: a ${typeof json} cannot be written as JSON`);
  if (json !== undefined && body !== null) throw new TypeError('Use either body or json, not both');
  if (given !== null && /^(GET|HEAD)$/.test(method)) {
    throw new TypeError(`A ${method} request cannot have a body: use another method, or the option query`);
  }
  return given ?? undefined;
}

/**
 * Checks a method and [normalizes](https://fetch.spec.whatwg.org/#concept-method-normalize) it: the six that Fetch names
 * become upper case, any other stays as written. Throws for methods that Fetch forbids.
 */
function normalizeMethod(method: string): string {
  if (!isToken(method) || /^(CONNECT|TRACE|TRACK)$/i.test(method)) {
    throw new TypeError(`The method '${method}' is malformed, or forbidden by the Fetch standard`);
  }
  return /^(DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i.test(method) ? method.toUpperCase() : method;
}

/** Checks names and values (no CR, LF or NUL gets through) and strips the white space around values. */
function normalizeHeaders(source: RequestOptions['headers'] = []): HeaderMap {
  const { raw } = source instanceof HeaderMap ? source : HeaderMap.from(source);
  const checked: string[] = [];
  forEachHeader(raw, (name, given: unknown) => {
    if (typeof given !== 'string') {
      throw new TypeError(`The value of the header '${name}' is a ${kindOf(given)}: pass a string`);
    }
    const value = stripHttpWhitespace(given);
    if (!isToken(name) || !isFieldValue(value)) {
      throw new TypeError(
        `The header '${shownName(name)}' is malformed: its name must be a token, and ` +
          'its value must not contain line breaks, NUL or characters above U+00FF',
      );
    }
    checked.push(name, value);
  });
  return new HeaderMap(checked);
}

/** Returns the time limits; a number limits the whole request. Each must be at least a millisecond. */
function normalizeTimeout(timeout: number | TimeoutLimits | undefined): TimeoutLimits | undefined {
  if (timeout === undefined) return undefined;
  const limits = typeof timeout === 'object' ? timeout : { total: timeout };
  checkNumbers('timeout', limits, ['connect', 'send', 'headers', 'idle', 'total'], 1);
  return limits;
}
