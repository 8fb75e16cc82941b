import { defaultLimits } from '../options/defaultLimits.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { droppedHeader } from './droppedHeader.js';
import { unsupportedOption } from './unsupportedOption.js';

/** Throws for the options that no adapter over a browser's API can honour. */
export function refuseUnsupported(
  adapter: string,
  { timeout, maxRedirects, limits, headers }: NormalizedRequest,
): void {
  if (timeout?.connect !== undefined)
    throw unsupportedOption(adapter, 'timeout.connect', 'use timeout.headers');
  if (maxRedirects !== 20) throw unsupportedOption(adapter, 'maxRedirects', 'it is 20 here');
  if (![defaultLimits.decompressionRatio, Infinity].includes(limits.decompressionRatio)) {
    throw unsupportedOption(adapter, 'limits.decompressionRatio', 'use limits.bufferedBytes');
  }
  const header = droppedHeader(headers, 'cors');
  if (header) throw unsupportedOption(adapter, `the header ${header}`, 'the browser sets it itself');
}
