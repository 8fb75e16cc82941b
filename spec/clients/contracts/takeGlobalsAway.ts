/** Deletes what `install()` has defined. */
export function takeGlobalsAway(): void {
  for (const name of [
    'XMLHttpRequest',
    'XMLHttpRequestUpload',
    'XMLHttpRequestEventTarget',
    'ProgressEvent',
  ]) {
    Reflect.deleteProperty(globalThis, name);
  }
}
