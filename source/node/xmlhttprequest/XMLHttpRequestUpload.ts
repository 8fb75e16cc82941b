import { exposeInterface } from './webidl/exposeInterface.js';
import { XhrEventTarget } from './XhrEventTarget.js';

/**
 * The [`XMLHttpRequestUpload`](https://xhr.spec.whatwg.org/#xmlhttprequestupload) of the XHR standard: where the progress of a
 * request's body is told, as `xhr.upload`. A script cannot construct one.
 */
export const XMLHttpRequestUpload = /*#__PURE__*/ exposeInterface(
  class XMLHttpRequestUpload extends XhrEventTarget {},
  { name: 'XMLHttpRequestUpload' },
) as unknown as typeof globalThis.XMLHttpRequestUpload;
