import { resolveObjectURL } from 'node:buffer';
import { fetchBlob } from './fetchBlob.js';
import { type SchemeRequest, type SchemeSink } from './SchemeHandler.js';

/**
 * `blob:` URLs, as `URL.createObjectURL()` makes them, `GET` only. The URL is looked up at once: to revoke it afterwards
 * changes nothing. Node keeps them for each thread by itself.
 */
export function blob(request: SchemeRequest, sink: SchemeSink): () => void {
  return fetchBlob(resolve(request.url), request, sink);
}

function resolve(url: string): ReturnType<typeof resolveObjectURL> {
  const [withoutFragment = ''] = url.split('#', 1);
  // Node would pass over a query, which makes it another URL.
  return withoutFragment.includes('?') ? undefined : resolveObjectURL(withoutFragment);
}
