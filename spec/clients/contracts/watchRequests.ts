import { type XMLHttpRequestOptions } from '../../../source/node/xmlhttprequest/XMLHttpRequestOptions.js';
import { createXMLHttpRequest, install } from '../../../source/xmlhttprequest.js';

/** The requests that a program made of the global `XMLHttpRequest`. */
export interface RequestWatch {
  /** All of them, in their order. */
  readonly requests: readonly XMLHttpRequest[];
  /** The next that is made. */
  next(): Promise<XMLHttpRequest>;
  /** Starts to count anew. */
  forget(): void;
}

/**
 * Defines our class as the global `XMLHttpRequest`, with its settings, and keeps what is made of it. The prototype is the class's
 * own, so that what patches it patches the class.
 */
export function watchRequests(options?: XMLHttpRequestOptions): RequestWatch {
  const requests: XMLHttpRequest[] = [];
  let waiting: ((xhr: XMLHttpRequest) => void)[] = [];
  const Class = new Proxy(createXMLHttpRequest(options), {
    construct(target, parameters: unknown[], newTarget) {
      const xhr = Reflect.construct(target, parameters, newTarget) as XMLHttpRequest;
      requests.push(xhr);
      for (const resolve of waiting) resolve(xhr);
      waiting = [];
      return xhr;
    },
  });
  install(Class);
  return {
    requests,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    forget: () => {
      requests.length = 0;
    },
  };
}
