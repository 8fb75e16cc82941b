import {
  type Client,
  type ClientCall,
  type ClientReply,
  type ClientResponseType,
} from '../contracts/Client.js';
import { BlobReader } from './BlobReader.js';

/** [whatwg-fetch](https://github.com/JakeChampion/fetch), which asks the global class. */
export async function whatwgFetch(): Promise<Client> {
  // It looks for one when it is loaded; without, it takes every text for Latin-1.
  Object.assign(globalThis, { FileReader: BlobReader });
  const { fetch } = await import('whatwg-fetch');
  return {
    can: {
      responseTypes: ['json', 'text', 'arraybuffer', 'blob'],
      timeout: false,
      uploadProgress: false,
      downloadProgress: false,
      immediateAbort: true,
      relativeUrls: true,
      tellUrl: true,
      otherClasses: true,
    },
    send: (call) => send(fetch, call),
    failureOf(error) {
      if (error instanceof StatusError) return { kind: 'status', status: error.status, body: error.body };
      if (!(error instanceof Error)) throw error;
      if (error.name === 'AbortError') return { kind: 'abort' };
      if (error.message === 'Network request failed') return { kind: 'network' };
      throw error;
    },
  };
}

class StatusError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }
}

async function send(fetch: typeof globalThis.fetch, call: ClientCall): Promise<ClientReply> {
  const { method = 'GET', url, headers, body, responseType = 'json', signal, withCredentials } = call;
  const isJson = Object.getPrototypeOf(body ?? '') === Object.prototype;
  const response = await fetch(url, {
    method,
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
    credentials: withCredentials === true ? 'include' : 'same-origin',
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as BodyInit) }),
    ...(signal && { signal }),
  });
  const value = await read(response, responseType);
  if (!response.ok) throw new StatusError(response.status, value);
  const { status, url: answered, headers: fields } = response;
  return { status, url: answered, header: (name) => fields.get(name), body: value };
}

async function read(response: Response, responseType: ClientResponseType): Promise<unknown> {
  if (responseType === 'blob') return response.blob();
  if (responseType === 'arraybuffer') return response.arrayBuffer();
  const text = await response.text();
  return responseType === 'json' && text !== '' ? JSON.parse(text) : text;
}
