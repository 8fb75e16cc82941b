import { exposeInterface } from './webidl/exposeInterface.js';
import { XMLHttpRequestEventTarget } from './XMLHttpRequestEventTarget.js';

/**
 * The [`XMLHttpRequestUpload`](https://xhr.spec.whatwg.org/#xmlhttprequestupload) of the XHR standard: where the progress of a
 * request's body is told, as `xhr.upload`. A script cannot construct one.
 */
export class XMLHttpRequestUpload extends XMLHttpRequestEventTarget {}

exposeInterface(XMLHttpRequestUpload, { name: 'XMLHttpRequestUpload' });
