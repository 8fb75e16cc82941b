import { originOf } from './originOf.js';
import { withoutCredentials } from './withoutCredentials.js';

/** The path of a serialised http(s) URL, without its query. */
export function pathOf(url: string): string {
  return withoutCredentials(url)
    .slice(originOf(url).length)
    .replace(/[?#][^]*/, '');
}
