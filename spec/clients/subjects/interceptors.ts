import { XMLHttpRequestInterceptor } from '@mswjs/interceptors/XMLHttpRequest';
import { type Client, type ClientCall, type ClientReply } from '../contracts/Client.js';
import { plain } from './plain.js';

/** Requests that [`@mswjs/interceptors`](https://github.com/mswjs/interceptors) may answer, or lets pass. */
export function interceptors(): Client {
  // It asks whether a body is one.
  Object.assign(globalThis, { Document: class extends EventTarget {} });
  const { can, failureOf, send } = plain();
  const interceptor = new XMLHttpRequestInterceptor();
  return {
    // It sends in a later turn, which an abort does not keep it from, and resolves URLs itself, against `location`.
    can: { ...can, immediateAbort: false, relativeUrls: false },
    failureOf,
    // Its class stands before whichever is there.
    send(call: ClientCall): Promise<ClientReply> {
      interceptor.apply();
      try {
        return send(call);
      } finally {
        interceptor.dispose();
      }
    },
  };
}
