/** The names of the exceptions that the XHR standard throws. */
export type DOMExceptionName =
  | 'AbortError'
  | 'InvalidAccessError'
  | 'InvalidStateError'
  | 'NetworkError'
  | 'SecurityError'
  | 'SyntaxError'
  | 'TimeoutError';

/** Throws a `DOMException`. */
export function throwDOMException(name: DOMExceptionName, message: string, cause?: unknown): never {
  if (cause === undefined) throw new DOMException(message, name);
  // Node accepts an options bag as the second argument, unlike the DOM's types.
  throw new DOMException(message, { name, cause } as unknown as string);
}
