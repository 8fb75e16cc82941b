import { filter, firstValueFrom, fromEvent, NEVER, takeUntil, tap, throwIfEmpty } from 'rxjs';
import * as rxjs from 'rxjs/ajax';
import * as readystream from '../../../source/ajax.node.js';
import { type Client, type ClientCall, type ClientReply } from '../contracts/Client.js';

/** [`ajax` of RxJS](https://rxjs.dev/api/ajax/ajax), which asks its `createXHR` or the global class. */
export function rxjsAjax(): Client {
  return ajaxClient(rxjs);
}

/** Our replacement for it. */
export function readystreamAjax(): Client {
  return ajaxClient(readystream);
}

type Library = typeof rxjs;

function ajaxClient({ ajax, AjaxError, AjaxTimeoutError }: Library): Client {
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
    send: (call) => send(ajax, call),
    failureOf(error) {
      if (error === aborted) return { kind: 'abort' };
      if (error instanceof AjaxTimeoutError) return { kind: 'timeout' };
      if (!(error instanceof AjaxError)) throw error;
      const { status, response } = error as { readonly status: number; readonly response: unknown };
      return status === 0 ? { kind: 'network' } : { kind: 'status', status, body: response };
    },
  };
}

const aborted = new Error('aborted');

function send(
  ajax: Library['ajax'],
  { signal, onUpload, onDownload, ...call }: ClientCall,
): Promise<ClientReply> {
  const config: readystream.AjaxConfig = {
    ...call,
    includeUploadProgress: onUpload !== undefined,
    includeDownloadProgress: onDownload !== undefined,
  };
  return firstValueFrom(
    ajax<unknown>(config).pipe(
      takeUntil(signal === undefined ? NEVER : fromEvent(signal, 'abort')),
      tap(({ type, loaded, total }) => {
        if (type === 'upload_progress') onUpload?.({ loaded, total });
        if (type === 'download_progress') onDownload?.({ loaded, total });
      }),
      filter(({ type }) => type === 'download_load'),
      throwIfEmpty(() => aborted),
    ),
  ).then(({ status, xhr, response }) => ({
    status,
    url: xhr.responseURL,
    header: (name) => xhr.getResponseHeader(name),
    body: response,
  }));
}
