import { type RequestOptions } from './RequestOptions.js';

/** A record and not a list, so that the compiler refuses an option that is missing here. */
const known: Record<keyof RequestOptions, true> = {
  method: true,
  headers: true,
  query: true,
  body: true,
  json: true,
  baseURL: true,
  responseType: true,
  mimeType: true,
  timeout: true,
  signal: true,
  withCredentials: true,
  username: true,
  password: true,
  redirect: true,
  maxRedirects: true,
  limits: true,
  xsrf: true,
  adapter: true,
  interceptors: true,
};

/** Throws a `TypeError` for an option of an unknown name: a mistyped `timeuot` must not pass for one that is honoured. */
export function checkOptionNames(options: RequestOptions): void {
  for (const name in options) {
    if (!Object.hasOwn(known, name)) {
      throw new TypeError(`Unknown request option '${name}': the options are ${Object.keys(known).join(', ')}`);
    }
  }
}
