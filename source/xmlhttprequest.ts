/**
 * The `XMLHttpRequest` that Node never had: the whole [XHR standard](https://xhr.spec.whatwg.org/), usable without RxJS.
 *
 * @module readystream/xmlhttprequest
 */
// Not from `node:worker_threads`: from there webpack takes `Worker` for the global one, and from 5.110 on breaks it by it.
import { Worker } from 'worker_threads';
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';
import { bindWorker } from './xmlhttprequest/sync/bindWorker.js';

export { type CookieJar } from './fetching/CookieJar.js';
export {
  createXMLHttpRequest,
  type XMLHttpRequestConstructor,
} from './xmlhttprequest/createXMLHttpRequest.js';
export { install } from './xmlhttprequest/install.js';
export { ProgressEvent } from './xmlhttprequest/ProgressEvent.js';
export { XMLHttpRequest } from './xmlhttprequest/XMLHttpRequest.js';
export { XMLHttpRequestEventTarget } from './xmlhttprequest/XMLHttpRequestEventTarget.js';
export { type XMLHttpRequestOptions } from './xmlhttprequest/XMLHttpRequestOptions.js';
export { XMLHttpRequestUpload } from './xmlhttprequest/XMLHttpRequestUpload.js';

bindNodeTextDecoder();
bindWorker((options) => new Worker(new URL('./xmlhttprequest.worker.js', import.meta.url), options));
