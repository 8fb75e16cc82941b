import { type AjaxRequest, type AjaxResponseType } from './AjaxConfig.js';

/** A response, or progress on the way to it. */
export class AjaxResponse<T> {
  /** The status code; 0 as long as there is none. */
  readonly status: number;
  /** The body, read as `responseType` says; for progress, what `XMLHttpRequest` has of it by then. */
  readonly response: T;
  /** What the body is read as. */
  readonly responseType: XMLHttpRequestResponseType;
  /** Bytes transferred. */
  readonly loaded: number;
  /** Bytes to transfer in all; 0 if the length is unknown. */
  readonly total: number;
  /** The header fields, by the names that `XMLHttpRequest` gives. */
  readonly responseHeaders: Record<string, string>;
  /** The event that this reports. */
  readonly originalEvent: ProgressEvent;
  /** The object that carries the request. */
  readonly xhr: XMLHttpRequest;
  /** The request as it was sent. */
  readonly request: AjaxRequest;
  /** What is reported. */
  readonly type: AjaxResponseType;

  constructor(
    originalEvent: ProgressEvent,
    xhr: XMLHttpRequest,
    request: AjaxRequest,
    type: AjaxResponseType = 'download_load',
  ) {
    this.originalEvent = originalEvent;
    this.xhr = xhr;
    this.request = request;
    this.type = type;
    this.status = xhr.status;
    this.responseType = xhr.responseType;
    this.responseHeaders = headersOf(xhr);
    this.response = responseOf(xhr) as T;
    this.loaded = originalEvent.loaded;
    this.total = originalEvent.total;
  }
}

/** The body as `responseType` has it. An old class, or a mock, may have the text only. */
export function responseOf(xhr: XMLHttpRequest): unknown {
  if (xhr.responseType === 'document') return xhr.responseXML;
  if ('response' in xhr) return xhr.response;
  const { responseType, responseText } = xhr as XMLHttpRequest;
  return responseType === 'json' ? JSON.parse(responseText) : responseText;
}

function headersOf(xhr: XMLHttpRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of (xhr.getAllResponseHeaders() || '').split(/\r?\n/)) {
    const colon = line.indexOf(': ');
    if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 2);
  }
  return headers;
}
