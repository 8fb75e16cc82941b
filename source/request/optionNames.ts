import { type RequestOptions } from './RequestOptions.js';

/** The names of all options of a request. */
export const optionNames: readonly (keyof RequestOptions)[] = [
  'method',
  'headers',
  'query',
  'body',
  'json',
  'baseURL',
  'responseType',
  'mimeType',
  'timeout',
  'signal',
  'withCredentials',
  'username',
  'password',
  'redirect',
  'maxRedirects',
  'limits',
  'xsrf',
  'adapter',
  'interceptors',
];
