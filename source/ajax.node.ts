/** The entry `readystream/ajax` in Node: the portable one with our `XMLHttpRequest` where no global one is defined. */
import { ajaxFactory } from './ajax/ajaxFactory.js';
import { XMLHttpRequest as Ours } from './xmlhttprequest.js';

export * from './ajax.js';

/**
 * Requests a URL at each subscription by the global `XMLHttpRequest`, which is looked up each time, or by that of
 * `readystream/xmlhttprequest` if there is none. Emits the response as an {@link AjaxResponse}; before it, progress if the config
 * asks for it. Unsubscribing aborts. Errors are an {@link AjaxError} (a status of 400 or more, a network failure, an abort), an
 * {@link AjaxTimeoutError}, or what building the request throws.
 *
 * @example
 * ```ts
 * import { ajax } from 'readystream/ajax';
 *
 * ajax.getJSON('https://shop.example/v1/items/3').subscribe(console.log); // { id: 3, name: 'Crème brûlée' }
 * ```
 */
export const ajax = /*#__PURE__*/ ajaxFactory(() =>
  typeof XMLHttpRequest === 'undefined' ? Ours : XMLHttpRequest,
);
