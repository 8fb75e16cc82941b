import { type Client, type ClientCall, type ClientFailure, type ClientReply } from '../contracts/Client.js';

/** No client at all: the global `XMLHttpRequest` by hand, under what patches it. */
export function plain(): Client {
  return {
    can: {
      responseTypes: ['json', 'text', 'arraybuffer', 'blob', 'document'],
      timeout: true,
      uploadProgress: true,
      downloadProgress: true,
      immediateAbort: true,
      relativeUrls: true,
      tellUrl: true,
      otherClasses: true,
    },
    send,
    failureOf: (error) => (error as PlainError).failure,
  };
}

class PlainError extends Error {
  readonly failure: ClientFailure;

  constructor(failure: ClientFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

function send(call: ClientCall): Promise<ClientReply> {
  const { method = 'GET', url, headers = {}, body, responseType = 'json', timeout = 0, signal } = call;
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const fail = (failure: ClientFailure): void => {
      signal?.removeEventListener('abort', abort);
      reject(new PlainError(failure));
    };
    const abort = (): void => {
      xhr.abort();
    };
    xhr.open(method, url);
    xhr.responseType = responseType;
    xhr.timeout = timeout;
    xhr.withCredentials = call.withCredentials ?? false;
    const isJson = body !== undefined && Object.getPrototypeOf(body) === Object.prototype;
    if (isJson) xhr.setRequestHeader('content-type', 'application/json');
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    const { onUpload, onDownload } = call;
    if (onUpload) xhr.upload.onprogress = onUpload;
    if (onDownload) xhr.addEventListener('progress', onDownload);
    xhr.onload = () => {
      const { status, response } = xhr as { readonly status: number; readonly response: unknown };
      if (status < 200 || status > 299) fail({ kind: 'status', status, body: response });
      else {
        signal?.removeEventListener('abort', abort);
        const header = (name: string): string | null => xhr.getResponseHeader(name);
        resolve({ status, url: xhr.responseURL, header, body: response });
      }
    };
    xhr.onerror = () => {
      fail({ kind: 'network' });
    };
    xhr.ontimeout = () => {
      fail({ kind: 'timeout' });
    };
    xhr.onabort = () => {
      fail({ kind: 'abort' });
    };
    signal?.addEventListener('abort', abort);
    xhr.send(isJson ? JSON.stringify(body) : (body as XMLHttpRequestBodyInit | undefined));
  });
}
