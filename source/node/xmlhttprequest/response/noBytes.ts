import { ReceivedBytes } from './ReceivedBytes.js';

/** The empty byte sequence: what has been received before a response has. Nothing is appended to it. */
export const noBytes = /*#__PURE__*/ new ReceivedBytes(0);
