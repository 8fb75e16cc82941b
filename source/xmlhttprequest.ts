/**
 * The `XMLHttpRequest` that Node lacks: the whole [XHR standard](https://xhr.spec.whatwg.org/), usable without RxJS.
 *
 * @module readystream/xmlhttprequest
 */
// Not from `node:worker_threads`: from there, webpack takes `Worker` for the global one, and since 5.110 breaks it.
import { Worker } from 'worker_threads';
import { bindWorker } from './node/xmlhttprequest/sync/SyncThread.js';
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';

export { type CookieContext, type CookieJar } from './http/CookieJar.js';
export {
  createXMLHttpRequest,
  type XMLHttpRequestConstructor,
} from './node/xmlhttprequest/createXMLHttpRequest.js';
export { type HttpDispatcher, type HttpDispatchHandler } from './node/schemes/HttpDispatcher.js';
export { install } from './node/xmlhttprequest/install.js';
export { ProgressEvent } from './node/xmlhttprequest/ProgressEvent.js';
export { XMLHttpRequestEventTarget, XMLHttpRequestUpload } from './node/xmlhttprequest/XhrEventTarget.js';
export { XMLHttpRequest } from './node/xmlhttprequest/XMLHttpRequest.js';
export { type XMLHttpRequestOptions } from './node/xmlhttprequest/XMLHttpRequestOptions.js';

bindNodeTextDecoder();
bindWorker((options) => new Worker(new URL('./xmlhttprequest.worker.js', import.meta.url), options));
