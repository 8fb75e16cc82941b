import { map, Observable, type Subscriber } from 'rxjs';
import { type AjaxConfig, type AjaxDirection, type AjaxRequest, ajaxRequestOf } from './AjaxConfig.js';
import { AjaxError, AjaxTimeoutError } from './AjaxError.js';
import { AjaxResponse } from './AjaxResponse.js';

/** `ajax`, and a function for each common method. */
export interface AjaxCreationMethod {
  /** Requests what the config describes, or a URL by GET, at each subscription. */
  <T>(target: AjaxConfig | string): Observable<AjaxResponse<T>>;
  /** Sends a GET. */
  get<T>(url: string, headers?: Record<string, string>): Observable<AjaxResponse<T>>;
  /** Sends a POST; a plain object as JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  post<T>(url: string, body?: any, headers?: Record<string, string>): Observable<AjaxResponse<T>>;
  /** Sends a PUT; a plain object as JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  put<T>(url: string, body?: any, headers?: Record<string, string>): Observable<AjaxResponse<T>>;
  /** Sends a PATCH; a plain object as JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  patch<T>(url: string, body?: any, headers?: Record<string, string>): Observable<AjaxResponse<T>>;
  /** Sends a DELETE. */
  delete<T>(url: string, headers?: Record<string, string>): Observable<AjaxResponse<T>>;
  /** Sends a GET and emits the response's JSON alone. */
  getJSON<T>(url: string, headers?: Record<string, string>): Observable<T>;
}

/** Makes `ajax` over the class that `findClass` gives at each subscription, unless the config has `createXHR`. */
export function ajaxFactory(findClass: () => typeof XMLHttpRequest): AjaxCreationMethod {
  const ajax = <T>(target: string | AjaxConfig): Observable<AjaxResponse<T>> =>
    new Observable((subscriber) => {
      // What is thrown here reaches the error channel: Observable catches it.
      const config = typeof target === 'string' ? { url: target } : target;
      const request = ajaxRequestOf(config);
      const xhr = config.createXHR ? config.createXHR() : new (findClass())();
      listen(subscriber, xhr, request, config);
      open(xhr, request);
      // An empty text is sent as no body, so that it brings no content type.
      if (request.body) xhr.send(request.body as XMLHttpRequestBodyInit);
      else xhr.send();
      return () => {
        if (xhr.readyState !== 4) xhr.abort();
      };
    });
  const verb =
    (method: string) =>
    <T>(url: string, headers?: Record<string, string>): Observable<AjaxResponse<T>> =>
      ajax({ method, url, headers: headers ?? {} });
  const verbWithBody =
    (method: string) =>
    <T>(url: string, body?: unknown, headers?: Record<string, string>): Observable<AjaxResponse<T>> =>
      ajax({ method, url, body, headers: headers ?? {} });
  return Object.assign(ajax, {
    get: verb('GET'),
    post: verbWithBody('POST'),
    put: verbWithBody('PUT'),
    patch: verbWithBody('PATCH'),
    delete: verb('DELETE'),
    getJSON: <T>(url: string, headers?: Record<string, string>): Observable<T> =>
      verb('GET')<T>(url, headers).pipe(map(({ response }) => response)),
  });
}

function open(xhr: XMLHttpRequest, request: AjaxRequest): void {
  const { method, url, async, user, password, headers } = request;
  if (user) xhr.open(method, url, async, user, password);
  else xhr.open(method, url, async);
  // A page's synchronous request may have neither.
  if (async) {
    xhr.timeout = request.timeout;
    xhr.responseType = request.responseType;
  }
  if ('withCredentials' in xhr) xhr.withCredentials = request.withCredentials;
  for (const [name, value] of Object.entries<unknown>(headers)) xhr.setRequestHeader(name, value as string);
}

/** All listeners are added before `open()`: a listener of the upload that comes later makes no preflight. */
function listen<T>(
  subscriber: Subscriber<AjaxResponse<T>>,
  xhr: XMLHttpRequest,
  request: AjaxRequest,
  { progressSubscriber, includeDownloadProgress, includeUploadProgress }: AjaxConfig,
): void {
  const emit = (direction: AjaxDirection, event: ProgressEvent): void => {
    const type = `${direction}_${event.type as 'loadstart' | 'progress' | 'load'}` as const;
    subscriber.next(new AjaxResponse<T>(event, xhr, request, type));
  };
  const on = (
    target: XMLHttpRequestEventTarget,
    types: readonly ('loadstart' | 'progress' | 'load')[],
    listener: (event: ProgressEvent) => void,
  ): void => {
    for (const type of types) target.addEventListener(type, listener);
  };

  for (const [type, makeError] of [
    ['timeout', () => new AjaxTimeoutError(xhr, request)],
    ['abort', () => new AjaxError('aborted', xhr, request)],
  ] as const) {
    xhr.addEventListener(type, () => {
      const error = makeError();
      progressSubscriber?.error?.(error);
      subscriber.error(error);
    });
  }
  if (includeUploadProgress) {
    on(xhr.upload, ['loadstart', 'progress', 'load'], (event) => {
      emit('upload', event);
    });
  }
  if (progressSubscriber) {
    on(xhr.upload, ['loadstart', 'progress'], (event) => progressSubscriber.next?.(event));
  }
  if (includeDownloadProgress) {
    on(xhr, ['loadstart', 'progress'], (event) => {
      emit('download', event);
    });
  }
  xhr.addEventListener('error', (event) => {
    progressSubscriber?.error?.(event);
    subscriber.error(new AjaxError('ajax error', xhr, request));
  });
  xhr.addEventListener('load', (event) => {
    const { status } = xhr;
    if (status >= 400) {
      progressSubscriber?.error?.(event);
      subscriber.error(new AjaxError(`ajax error ${status}`, xhr, request));
      return;
    }
    progressSubscriber?.complete?.();
    try {
      emit('download', event);
    } catch (error) {
      subscriber.error(error);
      return;
    }
    subscriber.complete();
  });
}
