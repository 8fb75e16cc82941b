/** The entries `readystream/xmlhttprequest` and its `register` in a browser, which has its own classes. */
const own = globalThis;

export const { ProgressEvent, XMLHttpRequest, XMLHttpRequestEventTarget, XMLHttpRequestUpload } = own;

/** Throws: a browser's `XMLHttpRequest` cannot be configured. */
export function createXMLHttpRequest(): never {
  throw new TypeError("createXMLHttpRequest runs in Node only: a browser's XMLHttpRequest has no settings");
}

/** Does nothing: the browser has defined its own. */
export function install(): void {
  // There is nothing to define.
}
