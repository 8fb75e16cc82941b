import { jQueryFactory } from 'jquery/factory';
import { JSDOM } from 'jsdom';
import { type Client, type ClientCall, type ClientReply } from '../contracts/Client.js';

/** jQuery in a window of jsdom, with our class in place of the window's. */
export function makeJQuery(): JQueryStatic {
  const { window } = new JSDOM();
  const $ = jQueryFactory(window as unknown as Window);
  $.ajaxSetup({ xhr: () => new XMLHttpRequest() });
  return $;
}

/** [`jQuery.ajax`](https://api.jquery.com/jQuery.ajax/). */
export function jqueryClient(): Client {
  const $ = makeJQuery();
  return {
    can: {
      responseTypes: ['json', 'text', 'arraybuffer', 'blob'],
      timeout: true,
      uploadProgress: false,
      downloadProgress: false,
      immediateAbort: true,
      relativeUrls: true,
      tellUrl: false,
      otherClasses: true,
    },
    send: (call) => send($, call),
    failureOf(error) {
      const { textStatus, xhr } = error as AjaxFailure;
      if (textStatus === 'abort' || textStatus === 'timeout') return { kind: textStatus };
      return xhr.status === 0
        ? { kind: 'network' }
        : { kind: 'status', status: xhr.status, body: xhr.responseJSON };
    },
  };
}

class AjaxFailure extends Error {
  readonly xhr: JQuery.jqXHR;
  readonly textStatus: string;

  constructor(xhr: JQuery.jqXHR, textStatus: string) {
    super(textStatus);
    this.xhr = xhr;
    this.textStatus = textStatus;
  }
}

function send($: JQueryStatic, call: ClientCall): Promise<ClientReply> {
  const { method = 'GET', url, headers = {}, body, responseType = 'json', signal } = call;
  const isJson = Object.getPrototypeOf(body ?? '') === Object.prototype;
  return new Promise((resolve, reject) => {
    const request = $.ajax({
      method,
      url,
      headers: { ...headers },
      timeout: call.timeout ?? 0,
      // What it cannot write as a form, it would write as text.
      processData: false,
      contentType: isJson ? 'application/json' : (headers['content-type'] ?? false),
      data: isJson ? JSON.stringify(body) : (body as string),
      ...(responseType === 'json' || responseType === 'text'
        ? { dataType: responseType }
        : { xhrFields: { responseType } }),
      ...(call.withCredentials === true && { xhrFields: { withCredentials: true } }),
      success: (value: unknown, _, xhr) => {
        const { status } = xhr;
        resolve({ status, url: undefined, header: (name) => xhr.getResponseHeader(name), body: value });
      },
      error: (xhr, textStatus) => {
        reject(new AjaxFailure(xhr, textStatus));
      },
    });
    signal?.addEventListener('abort', () => {
      request.abort();
    });
  });
}
