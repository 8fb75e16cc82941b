import { type ReceivedBytes } from './ReceivedBytes.js';

/** [Parses JSON from bytes](https://infra.spec.whatwg.org/#parse-json-bytes-to-a-javascript-value); null where that fails. */
export function parseJsonFromBytes(bytes: ReceivedBytes): unknown {
  try {
    // `TextDecoder` takes a byte order mark away, as UTF-8 decode does.
    return JSON.parse(new TextDecoder().decode(bytes.join())) as unknown;
  } catch {
    return null;
  }
}
