import { encodeBody } from '../body/encodeBody.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { acceptEncoding } from '../schemes/contentCodings.js';
import { type SchemeRequest } from '../schemes/SchemeHandler.js';

/** The request as its scheme sends it: the body as bytes, and the header fields that go with every request. */
export function nodeRequest(request: NormalizedRequest): SchemeRequest {
  const { method, url, repeatable, headers, limits, redirect, maxRedirects } = request;
  const body = request.body === undefined ? undefined : encodeBody(request.body);
  const raw = [...headers.raw];
  const add = (name: string, value: string): void => {
    if (raw.length === 0 || !headers.has(name)) raw.push(name, value);
  };
  if (body?.contentType !== undefined) add('content-type', body.contentType);
  add('accept', '*/*');
  add('accept-encoding', acceptEncoding());
  add('user-agent', 'readystream');
  return { method, url, repeatable, headers: raw, body, redirect, maxRedirects, limits };
}
