// Angular's packages are linked when an app is built; here, where there is no build, the compiler does it
// as they are loaded, so that it comes first.
import '@angular/compiler';
import { IMAGE_CONFIG, XhrFactory } from '@angular/common';
import {
  HttpClient,
  HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  HttpHeaders,
  type HttpInterceptorFn,
  HttpParams,
  HttpRequest,
  type HttpResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { type ApplicationRef, type EnvironmentProviders } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { filter, fromEvent, lastValueFrom, NEVER, takeUntil, tap, throwIfEmpty } from 'rxjs';
import { type Client, type ClientCall, type ClientReply } from '../contracts/Client.js';

/** An Angular application without a document, whose requests go over our class; without zone.js where no provider asks for it. */
export function angularApplication(
  interceptors: HttpInterceptorFn[] = [],
  providers: EnvironmentProviders[] = [],
): Promise<ApplicationRef> {
  return createApplication({
    providers: [
      providers,
      { provide: XhrFactory, useValue: { build: () => new XMLHttpRequest() } },
      provideHttpClient(withInterceptors(interceptors)),
      // Its warnings about images look for the document.
      {
        provide: IMAGE_CONFIG,
        useValue: { disableImageSizeWarning: true, disableImageLazyLoadWarning: true },
      },
    ],
  });
}

/** Angular's [HttpClient](https://angular.dev/guide/http), which asks its `XhrFactory`. */
export async function angularClient(): Promise<Client> {
  const { injector } = await angularApplication();
  const http = injector.get(HttpClient);
  return {
    can: {
      responseTypes: ['json', 'text', 'arraybuffer', 'blob'],
      timeout: true,
      uploadProgress: true,
      downloadProgress: true,
      immediateAbort: true,
      relativeUrls: true,
      tellUrl: true,
      otherClasses: true,
    },
    send: (call) => send(http, call),
    failureOf(error) {
      if (error === aborted) return { kind: 'abort' };
      if (!(error instanceof HttpErrorResponse)) throw error;
      const { status, error: body } = error as { readonly status: number; readonly error: unknown };
      if (status !== 0) return { kind: 'status', status, body };
      return { kind: body instanceof DOMException && body.name === 'TimeoutError' ? 'timeout' : 'network' };
    },
  };
}

const aborted = new Error('aborted');

async function send(http: HttpClient, call: ClientCall): Promise<ClientReply> {
  const { method = 'GET', url, headers, body = null, responseType = 'json', signal } = call;
  if (responseType === 'document') throw new TypeError('HttpClient knows no documents');
  const request = new HttpRequest<unknown>(method, url, bodyOf(body), {
    headers: new HttpHeaders(headers),
    responseType,
    reportProgress: call.onUpload !== undefined || call.onDownload !== undefined,
    ...(call.timeout !== undefined && { timeout: call.timeout }),
    ...(call.withCredentials !== undefined && { withCredentials: call.withCredentials }),
  });
  const response = await lastValueFrom(
    http.request<unknown>(request).pipe(
      takeUntil(signal === undefined ? NEVER : fromEvent(signal, 'abort')),
      tap((event) => {
        if (event.type === HttpEventType.UploadProgress) call.onUpload?.(progressOf(event));
        if (event.type === HttpEventType.DownloadProgress) call.onDownload?.(progressOf(event));
      }),
      filter(
        (event: HttpEvent<unknown>): event is HttpResponse<unknown> => event.type === HttpEventType.Response,
      ),
      throwIfEmpty(() => aborted),
    ),
  );
  return {
    status: response.status,
    url: response.url ?? undefined,
    header: (name) => response.headers.getAll(name)?.join(', ') ?? null,
    body: response.body,
  };
}

const progressOf = ({ loaded, total }: { loaded: number; total?: number }) => ({ loaded, total });

/** It would name `URLSearchParams` JSON: forms are `HttpParams` here. */
const bodyOf = (body: ClientCall['body'] | null) =>
  body instanceof URLSearchParams ? new HttpParams({ fromObject: Object.fromEntries(body) }) : body;
