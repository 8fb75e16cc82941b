import { withoutCredentials } from './withoutCredentials.js';

/** The origin of a serialised http(s) URL, as text; without the URL parser, since every request asks for it. */
export function originOf(url: string): string {
  const plain = withoutCredentials(url);
  return plain.slice(0, plain.indexOf('/', plain.indexOf('//') + 2));
}
