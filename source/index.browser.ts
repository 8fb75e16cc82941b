/** The entry `readystream` in a page: the portable one with native `XMLHttpRequest` as the default, and `fetch` only on request. */
import { requestFactory, xhrAdapter } from './core.js';

export * from './index.js';

export const createRequest = /*#__PURE__*/ requestFactory(xhrAdapter);

export const request = /*#__PURE__*/ createRequest();
