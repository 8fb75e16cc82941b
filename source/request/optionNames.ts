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

/** The names of all options of a request. */
export const optionNames: readonly string[] = /*#__PURE__*/ Object.keys(known);
