import { createXMLHttpRequest, type XMLHttpRequestConstructor } from './createXMLHttpRequest.js';

/**
 * The [`XMLHttpRequest`](https://xhr.spec.whatwg.org/) of the XHR standard for Node, without settings: absolute `http:`,
 * `https:`, `data:` and `blob:` URLs, no CORS, no cookies. Synchronous requests may set a `timeout` and any `responseType`.
 * {@link createXMLHttpRequest} makes a class with settings.
 *
 * @example
 * ```ts
 * import { XMLHttpRequest } from 'readystream/xmlhttprequest';
 *
 * const xhr = new XMLHttpRequest();
 * xhr.open('GET', 'https://shop.example/v1/items/3');
 * xhr.onload = () => console.log(xhr.status, JSON.parse(xhr.responseText).name); // 200 Crème brûlée
 * xhr.send();
 * ```
 */
export const XMLHttpRequest: XMLHttpRequestConstructor = /*#__PURE__*/ createXMLHttpRequest();
