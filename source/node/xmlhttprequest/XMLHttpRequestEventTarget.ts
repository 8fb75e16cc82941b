import { XhrEventTarget } from './XhrEventTarget.js';

/**
 * The [`XMLHttpRequestEventTarget`](https://xhr.spec.whatwg.org/#xmlhttprequesteventtarget) of the XHR standard: what a request
 * and its upload share. A script cannot construct one.
 */
export const XMLHttpRequestEventTarget =
  XhrEventTarget as unknown as typeof globalThis.XMLHttpRequestEventTarget;
