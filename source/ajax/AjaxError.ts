import { type AjaxRequest } from './AjaxConfig.js';
import { responseOf } from './AjaxResponse.js';

/** The request failed, was aborted, or its status is 400 or more. */
export class AjaxError extends Error {
  /** The class's name, even if a bundler shortens it. */
  override name = 'AjaxError';
  /** The object that carried the request. */
  readonly xhr: XMLHttpRequest;
  /** The request as it was sent. */
  readonly request: AjaxRequest;
  /** The status code; 0 if there is no response. */
  readonly status: number;
  /** What the body is read as. */
  readonly responseType: XMLHttpRequestResponseType;
  /** The body, read as `responseType` says; as text if it cannot be read so. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as rxjs/ajax has it
  readonly response: any;

  constructor(message: string, xhr: XMLHttpRequest, request: AjaxRequest) {
    super(message);
    this.xhr = xhr;
    this.request = request;
    this.status = xhr.status;
    this.responseType = xhr.responseType;
    try {
      this.response = responseOf(xhr);
    } catch {
      this.response = xhr.responseText;
    }
  }
}

/** The request took longer than `timeout`. */
export class AjaxTimeoutError extends AjaxError {
  /** The class's name, even if a bundler shortens it. */
  override name = 'AjaxTimeoutError';

  constructor(xhr: XMLHttpRequest, request: AjaxRequest) {
    super('ajax timeout', xhr, request);
  }
}
