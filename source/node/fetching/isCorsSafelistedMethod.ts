/** Whether it is a [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method). */
export function isCorsSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}
