/** The entries `readystream/xmlhttprequest` and its `register` for browsers, which have their own classes. */
const own = globalThis;

export const { ProgressEvent, XMLHttpRequest, XMLHttpRequestEventTarget, XMLHttpRequestUpload } = own;

/** Throws: a browser's `XMLHttpRequest` cannot be configured. */
export function createXMLHttpRequest(): never {
  throw new TypeError("createXMLHttpRequest only runs in Node: a browser's XMLHttpRequest has no settings");
}

/** Does nothing: browsers have their own classes. */
export function install(): void {
  // Browsers have these classes.
}
