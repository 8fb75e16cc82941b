/** What a request can send. A stream or an async iterable can be read only once, so such a request is not repeatable. */
export type RequestBody =
  | string
  | ArrayBufferView<ArrayBuffer>
  | ArrayBuffer
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;
