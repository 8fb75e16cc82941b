/**
 * A drop-in replacement for `rxjs/ajax`, which RxJS 9 removes: the same names, types, defaults and behaviour.
 *
 * @module readystream/ajax
 */
import { ajaxFactory } from './ajax/ajaxFactory.js';

export { type AjaxConfig, type AjaxDirection, type AjaxRequest } from './ajax/AjaxConfig.js';
export { AjaxError, AjaxTimeoutError } from './ajax/AjaxError.js';
export { type AjaxCreationMethod } from './ajax/ajaxFactory.js';
export { AjaxResponse } from './ajax/AjaxResponse.js';

/**
 * Requests a URL at each subscription by the global `XMLHttpRequest`, which is looked up each time, and emits the response as an
 * {@link AjaxResponse}; before it, progress if the config asks for it. Unsubscribing aborts. Errors are an {@link AjaxError} (a
 * status of 400 or more, a network failure, an abort), an {@link AjaxTimeoutError}, or what building the request throws.
 *
 * @example
 * ```ts
 * import { ajax } from 'readystream/ajax';
 *
 * ajax.getJSON('https://shop.example/v1/items/3').subscribe(console.log); // { id: 3, name: 'Crème brûlée' }
 * ```
 */
export const ajax = /*#__PURE__*/ ajaxFactory(() => {
  if (typeof XMLHttpRequest === 'undefined') {
    throw new TypeError('There is no global XMLHttpRequest here: give createXHR');
  }
  return XMLHttpRequest;
});
