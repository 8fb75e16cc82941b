/** The [default `User-Agent` value](https://fetch.spec.whatwg.org/#default-user-agent-value). */
export const defaultUserAgent = 'readystream';
