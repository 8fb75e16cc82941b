import { shownUrl } from '../../../http/serializedUrl.js';
import { type FetchRequest } from '../../fetching/fetchContract.js';
import { networkError } from '../../fetching/networkError.js';
import { type HttpDispatcher } from '../../schemes/HttpDispatcher.js';

/**
 * The default export of the caller's module, of which there is one for all requests.
 *
 * @throws NetworkError where the module cannot be loaded, or has no dispatcher.
 */
export async function importDispatcher(url: string, request: FetchRequest): Promise<HttpDispatcher> {
  const shown = shownUrl(url);
  let exported: { readonly default?: Partial<HttpDispatcher> | null };
  try {
    // A bundler has nothing to look for here: the module is the caller's.
    exported = (await import(/* webpackIgnore: true */ /* @vite-ignore */ url)) as typeof exported;
  } catch (cause) {
    throw networkError(request, 'connect', `the module of syncDispatcher (${shown}) cannot be loaded`, cause);
  }
  if (typeof exported.default?.dispatch !== 'function') {
    const reason = `the module of syncDispatcher (${shown}) has no dispatcher as its default export`;
    throw networkError(request, 'connect', reason);
  }
  return exported.default as HttpDispatcher;
}
