import { type ReceivedBytes } from './ReceivedBytes.js';

/** It takes a byte order mark away, as UTF-8 decode does; used whole, it keeps nothing from one text to the next. */
const decoder = /*#__PURE__*/ new TextDecoder();

/** [Parses JSON from bytes](https://infra.spec.whatwg.org/#parse-json-bytes-to-a-javascript-value); null where that fails. */
export function parseJsonFromBytes(bytes: ReceivedBytes): unknown {
  try {
    return JSON.parse(decoder.decode(bytes.join())) as unknown;
  } catch {
    return null;
  }
}
