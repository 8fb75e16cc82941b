import { defaultLimits } from '../../source/options/limits.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import { type NormalizedRequest } from '../../source/request/NormalizedRequest.js';

/** A `GET` of the URL with every option at its default, but for the changes. */
export function requestOf(url: string | URL, changes: Partial<NormalizedRequest> = {}): NormalizedRequest {
  return {
    method: 'GET',
    url: String(url),
    repeatable: true,
    headers: new HeaderMap(),
    limits: defaultLimits,
    attempt: 1,
    body: undefined,
    timeout: undefined,
    signal: undefined,
    responseType: 'stream',
    mimeType: undefined,
    withCredentials: false,
    redirect: 'follow',
    maxRedirects: 20,
    ...changes,
  };
}
