/** The readyState of each event, by the names of [XMLHttpRequest](https://xhr.spec.whatwg.org/#states). */
export const ReadyState = {
  /** The request is about to be sent, or more of its body has been. */
  OPENED: 1,
  /** The response's head is there. */
  HEADERS_RECEIVED: 2,
  /** More of the response's body is there. */
  LOADING: 3,
  /** The response is complete. */
  DONE: 4,
} as const;
