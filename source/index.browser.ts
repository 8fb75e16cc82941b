/** The entry `readystream` in a page: the portable one, with native `XMLHttpRequest` as the default and `fetch` on request. */
import { xhrAdapter } from './adapters/xhr.js';
import { eventSourceFactory } from './operators/eventSource.js';
import { pollFactory } from './operators/poll.js';
import { requestFactory } from './request/requestFactory.js';

export * from './index.js';

export const createRequest = /*#__PURE__*/ requestFactory(xhrAdapter);

export const request = /*#__PURE__*/ createRequest();

export const eventSource = /*#__PURE__*/ eventSourceFactory(request);

export const poll = /*#__PURE__*/ pollFactory(request);
