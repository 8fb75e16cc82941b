import { createRequire } from 'node:module';
import type superagent from 'superagent';
import { type Client, type ClientCall, type ClientProgress, type ClientReply } from '../contracts/Client.js';

/** [superagent](https://forwardemail.github.io/superagent/)'s module for browsers, which asks the global class. */
export function superagentClient(): Client {
  return {
    can: {
      responseTypes: ['json', 'text', 'arraybuffer', 'blob', 'document'],
      timeout: true,
      uploadProgress: true,
      downloadProgress: true,
      immediateAbort: true,
      relativeUrls: true,
      tellUrl: false,
      otherClasses: true,
    },
    send: (call) => send(loadAgent(), call),
    failureOf(error) {
      const { code, status, response, crossDomain } = error as superagent.ResponseError & {
        readonly code?: string;
        readonly crossDomain?: boolean;
      };
      if (code === 'ABORTED') return { kind: 'abort' };
      if (code === 'ECONNABORTED') return { kind: 'timeout' };
      if (crossDomain === true) return { kind: 'network' };
      if (status === undefined) throw error;
      return { kind: 'status', status, body: response?.body };
    },
  };
}

/** The module for browsers. */
export function loadAgent(): typeof superagent {
  // It takes XMLHttpRequest and FormData from there.
  Object.assign(globalThis, { self: globalThis });
  const agent = createRequire(import.meta.url)('superagent/lib/client.js') as typeof superagent;
  Reflect.deleteProperty(globalThis, 'self');
  return agent;
}

async function send(agent: typeof superagent, call: ClientCall): Promise<ClientReply> {
  const { method = 'GET', url, headers = {}, body, responseType = 'json', timeout, signal } = call;
  const request = agent(method, url).set({ ...headers });
  if (responseType !== 'json' && responseType !== 'text') request.responseType(responseType);
  if (timeout !== undefined) request.timeout(timeout);
  if (call.withCredentials === true) request.withCredentials();
  if (call.onUpload !== undefined || call.onDownload !== undefined) {
    request.on('progress', (event: superagent.ProgressEvent) => {
      (event.direction === 'upload' ? call.onUpload : call.onDownload)?.(event as ClientProgress);
    });
  }
  if (body !== undefined) request.send(body as object);
  const response = await new Promise<superagent.Response>((resolve, reject) => {
    signal?.addEventListener('abort', () => {
      request.abort();
    });
    request.then(resolve, reject);
  });
  return {
    status: response.status,
    url: undefined,
    header: (name) => (response.headers as Record<string, string>)[name.toLowerCase()] ?? null,
    body: responseType === 'text' ? response.text : (response.body as unknown),
  };
}
