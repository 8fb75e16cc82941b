import { encodeBody } from '../body/encodeBody.js';
import { type HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { acceptEncoding } from '../schemes/contentCodings.js';
import { type SchemeRequest } from '../schemes/SchemeHandler.js';

/** The request as its scheme sends it: the body as bytes, and the header fields that go with every request. */
export function nodeRequest(request: NormalizedRequest): SchemeRequest {
  const { method, url, repeatable, headers, limits, redirect, maxRedirects } = request;
  const body = request.body === undefined ? undefined : encodeBody(request.body);
  const fields = withDefaults(headers, body?.contentType);
  return { method, url, repeatable, headers: fields, body, redirect, maxRedirects, limits };
}

const defaults = [
  'accept',
  '*/*',
  'accept-encoding',
  /*#__PURE__*/ acceptEncoding(),
  'user-agent',
  'readystream',
];

function withDefaults(headers: HeaderMap, contentType: string | undefined): readonly string[] {
  if (headers.raw.length === 0 && contentType === undefined) return defaults;
  const raw = [...headers.raw];
  const add = (name: string, value: string): void => {
    if (!headers.has(name)) raw.push(name, value);
  };
  if (contentType !== undefined) add('content-type', contentType);
  for (let index = 0; index < defaults.length; index += 2)
    add(defaults[index] ?? '', defaults[index + 1] ?? '');
  return raw;
}
