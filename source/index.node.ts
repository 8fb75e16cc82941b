/** The entry `readystream` in Node: the portable one with Node's adapter as the default, and exact decoders. */
import { nodeAdapter } from './adapters/node.js';
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';
import { eventSourceFactory } from './operators/eventSource.js';
import { pollFactory } from './operators/poll.js';
import { requestFactory } from './request/requestFactory.js';

export * from './index.js';

bindNodeTextDecoder();

/** Late, so that importing the package makes no adapter and no connection pool. */
let adapter: ReturnType<typeof nodeAdapter> | undefined;

export const createRequest = /*#__PURE__*/ requestFactory(() => (adapter ??= nodeAdapter()));

export const request = /*#__PURE__*/ createRequest();

export const eventSource = /*#__PURE__*/ eventSourceFactory(request);

export const poll = /*#__PURE__*/ pollFactory(request);
