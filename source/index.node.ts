/** The entry `readystream` in Node: the portable one, with Node's adapter as the default and exact decoders. */
import { nodeAdapter } from './adapters/node.js';
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';
import { requestFactory } from './request/requestFactory.js';

export * from './index.js';

bindNodeTextDecoder();

/** Lazily, so that importing the package creates neither an adapter nor a connection pool. */
let adapter: ReturnType<typeof nodeAdapter> | undefined;

export const createRequest = /*#__PURE__*/ requestFactory(() => (adapter ??= nodeAdapter()));

export const request = /*#__PURE__*/ createRequest();
