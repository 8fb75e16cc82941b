import { toDOMString } from './toDOMString.js';

/** Converts a value to a [USVString](https://webidl.spec.whatwg.org/#js-USVString): lone surrogates become U+FFFD. */
export function toUSVString(value: unknown): string {
  const text = toDOMString(value);
  return /\p{Surrogate}/u.test(text) ? text.replace(/\p{Surrogate}/gu, '\uFFFD') : text;
}
