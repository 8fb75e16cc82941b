import { shownUrl } from '../../../http/serializedUrl.js';
import { type FetchRequest } from '../../fetching/fetchContract.js';
import { networkError } from '../../fetching/networkError.js';
import { type HttpDispatcher } from '../../schemes/HttpDispatcher.js';

/**
 * Imports the default export of the caller's module, one instance for all requests.
 *
 * @throws NetworkError if the module cannot be loaded or does not export a dispatcher.
 */
export async function importDispatcher(url: string, request: FetchRequest): Promise<HttpDispatcher> {
  const shown = shownUrl(url);
  let exported: { readonly default?: Partial<HttpDispatcher> | null };
  try {
    // Bundlers must not resolve this: the module is the caller's.
    exported = (await import(/* webpackIgnore: true */ /* @vite-ignore */ url)) as typeof exported;
  } catch (cause) {
    throw networkError(request, 'connect', `the module of syncDispatcher (${shown}) cannot be loaded`, cause);
  }
  if (typeof exported.default?.dispatch !== 'function') {
    const reason = `the module of syncDispatcher (${shown}) does not export a dispatcher as its default`;
    throw networkError(request, 'connect', reason);
  }
  return exported.default as HttpDispatcher;
}
