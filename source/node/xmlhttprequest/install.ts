import { type XMLHttpRequestConstructor } from './createXMLHttpRequest.js';
import { ProgressEvent } from './ProgressEvent.js';
import { XMLHttpRequestEventTarget, XMLHttpRequestUpload } from './XhrEventTarget.js';
import { XMLHttpRequest } from './XMLHttpRequest.js';

/**
 * Defines `XMLHttpRequest`, `XMLHttpRequestUpload`, `XMLHttpRequestEventTarget` and `ProgressEvent` as globals, for code that
 * expects a browser. Importing `readystream/xmlhttprequest/register` does so at once.
 *
 * @param Class - the class to define. @defaultValue the one without settings
 * @param target - where to define it. @defaultValue `globalThis`
 *
 * @example
 * ```ts
 * import { createXMLHttpRequest, install } from 'readystream/xmlhttprequest';
 *
 * install(createXMLHttpRequest({ baseURL: 'https://shop.example/' }));
 * console.log(typeof globalThis.XMLHttpRequest); // function
 * ```
 */
export function install(
  Class: XMLHttpRequestConstructor = XMLHttpRequest,
  target: object = globalThis,
): void {
  const interfaces = {
    XMLHttpRequest: Class,
    XMLHttpRequestUpload,
    XMLHttpRequestEventTarget,
    ProgressEvent,
  };
  for (const [name, value] of Object.entries(interfaces)) {
    // As Web IDL defines interfaces on a global object.
    Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
  }
}
