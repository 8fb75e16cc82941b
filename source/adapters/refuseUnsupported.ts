import { defaultLimits } from '../errors/defaultLimits.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { unsupportedOption } from './unsupportedOption.js';

/** Throws for the options that no adapter over a browser's API can honour. */
export function refuseUnsupported(
  adapter: string,
  { timeout, maxRedirects, limits, headers }: NormalizedRequest,
): void {
  const { decompressionRatio: ratio } = limits;
  if (timeout?.connect !== undefined)
    throw unsupportedOption(adapter, 'timeout.connect', 'use timeout.headers');
  if (maxRedirects !== 20) throw unsupportedOption(adapter, 'maxRedirects', 'it is 20 here');
  if (ratio !== defaultLimits.decompressionRatio && ratio !== Infinity) {
    throw unsupportedOption(adapter, 'limits.decompressionRatio', 'use limits.bufferedBytes');
  }
  // Browsers drop a forbidden request-header (https://fetch.spec.whatwg.org/#forbidden-request-header) without a word;
  // which ones, and whether any at all, the platform's own Request tells.
  if (headers.raw.length === 0 || typeof Request !== 'function') return;
  const kept = new Request('data:,', { headers: [...headers] }).headers;
  for (const name of headers.keys()) {
    if (!kept.has(name)) throw unsupportedOption(adapter, `the header ${name}`, 'the browser sets it itself');
  }
}
