/** The types of the progress events that a request and its upload fire. */
export const progressEventTypes: readonly string[] = [
  'loadstart',
  'progress',
  'abort',
  'error',
  'load',
  'timeout',
  'loadend',
];
