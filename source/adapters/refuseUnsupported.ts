import { defaultLimits } from '../errors/defaultLimits.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { unsupportedOption } from './unsupportedOption.js';

/** Throws for the options that no adapter over a browser's API can honour. */
export function refuseUnsupported(
  adapter: string,
  { timeout, maxRedirects, limits, headers }: NormalizedRequest,
): void {
  if (timeout?.connect !== undefined) {
    throw unsupportedOption(adapter, 'timeout.connect', 'it cannot see the connection, use timeout.headers');
  }
  if (maxRedirects !== 20) {
    throw unsupportedOption(
      adapter,
      'maxRedirects',
      'the platform follows 20 redirects, leave the option out',
    );
  }
  const { decompressionRatio } = limits;
  if (decompressionRatio !== defaultLimits.decompressionRatio && decompressionRatio !== Infinity) {
    throw unsupportedOption(
      adapter,
      'limits.decompressionRatio',
      'the platform decompresses unseen, use limits.bufferedBytes or count the bytes',
    );
  }
  // Browsers drop a forbidden request-header (https://fetch.spec.whatwg.org/#forbidden-request-header) without a word;
  // which ones, and whether any at all, the platform's own Request tells.
  if (headers.raw.length > 0 && typeof Request === 'function') {
    const kept = new Request('data:,', { headers: [...headers] }).headers;
    for (const name of headers.keys()) {
      if (!kept.has(name)) {
        throw unsupportedOption(adapter, `the header ${name}`, 'the browser sets it by itself, leave it out');
      }
    }
  }
}
