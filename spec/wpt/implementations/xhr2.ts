import { createRequire } from 'node:module';
import { type Implementation } from './Implementation.js';
import { useNodeTypes } from './useNodeTypes.js';

interface Xhr2 {
  nodejsSet(options: { baseUrl: string }): void;
  readonly XMLHttpRequestUpload: object;
  readonly ProgressEvent: object;
}

/** xhr2 of npm, as a comparison. */
export const xhr2: Implementation = {
  install(target, { url, encoding }) {
    if (encoding !== undefined) useNodeTypes(target);
    const XMLHttpRequest = createRequire(import.meta.url)('xhr2') as Xhr2;
    XMLHttpRequest.nodejsSet({ baseUrl: url });
    Object.assign(target, {
      XMLHttpRequest,
      XMLHttpRequestUpload: XMLHttpRequest.XMLHttpRequestUpload,
      ProgressEvent: XMLHttpRequest.ProgressEvent,
      XMLHttpRequestEventTarget: Object.getPrototypeOf(XMLHttpRequest) as object,
    });
  },
};
