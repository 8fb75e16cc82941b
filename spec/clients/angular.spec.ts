// First: it links the packages of Angular as they are loaded.
import '@angular/compiler';
import { HttpBackend, HttpClient, HttpEventType, HttpXhrBackend } from '@angular/common/http';
import { filter, firstValueFrom, lastValueFrom, map, take, toArray } from 'rxjs';
import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';

const bench = await openBench(t, 'angular');
const { server } = bench;
const { angularApplication } = await import('./subjects/angular.js');

applyClientContracts(t, bench);

t.test('its backend is the one that asks the XhrFactory', async (t) => {
  const { injector } = await angularApplication();
  t.ok(injector.get(HttpBackend) instanceof HttpXhrBackend);
});

t.test('interceptors see the request and the response', async (t) => {
  const seen: unknown[] = [];
  const { injector } = await angularApplication([
    (request, next) =>
      next(request.clone({ setHeaders: { authorization: 'Bearer 1' } })).pipe(
        map((event) => {
          if (event.type === HttpEventType.Response) seen.push(event.status);
          return event;
        }),
      ),
  ]);
  const echo = await lastValueFrom(injector.get(HttpClient).get(server.url('/echo')));
  t.match(echo, { headers: { authorization: 'Bearer 1', accept: 'application/json, text/plain, */*' } });
  t.same(seen, [200]);
});

t.test('reports the progress of upload and download', async (t) => {
  const { injector } = await angularApplication();
  const events = await lastValueFrom(
    injector
      .get(HttpClient)
      .post(server.url('/echo'), new Blob([new Uint8Array(500_000)]), {
        observe: 'events',
        reportProgress: true,
      })
      .pipe(toArray()),
  );
  const types = events.map(({ type }) => type);
  t.same(
    [...new Set(types)],
    [
      HttpEventType.Sent,
      HttpEventType.UploadProgress,
      HttpEventType.ResponseHeader,
      HttpEventType.DownloadProgress,
      HttpEventType.Response,
    ],
  );
  const uploads = events.filter(({ type }) => type === HttpEventType.UploadProgress);
  t.match(uploads.at(-1), { loaded: 500_000, total: 500_000 });
});

t.test('shows the text so far', async (t) => {
  const id = bench.id();
  const { injector } = await angularApplication();
  const event = await firstValueFrom(
    injector
      .get(HttpClient)
      .get(server.url(`/held?id=${id}`), { observe: 'events', reportProgress: true, responseType: 'text' })
      .pipe(filter(({ type }) => type === HttpEventType.DownloadProgress)),
  );
  t.match(event, { partialText: 'abc', loaded: 3, total: 6 });
  await server.until(id, 'broken');
});

t.test('errors say status, URL, body and cause', async (t) => {
  const { injector } = await angularApplication();
  const http = injector.get(HttpClient);
  const errorOf = (url: string): Promise<unknown> =>
    lastValueFrom(http.get(url)).catch((error: unknown) => error);
  t.match(await errorOf(server.url('/answer?status=404')), {
    status: 404,
    statusText: 'Not Found',
    url: server.url('/answer?status=404'),
    error: { problem: 'no such thing' },
  });
  t.match(await errorOf(await server.refused()), {
    status: 0,
    error: { type: 'error', error: { code: 'ERR_NETWORK', phase: 'connect' } },
  });
  t.match(await errorOf(server.url('/text')), {
    status: 200,
    error: { text: 'aé€😀', error: { name: 'SyntaxError' } },
  });
});

t.test('the application is stable when the requests have ended', async (t) => {
  const application = await angularApplication();
  const id = bench.id();
  const http = application.injector.get(HttpClient);
  const text = lastValueFrom(http.get(server.url(`/held?id=${id}`), { responseType: 'text' }));
  await server.until(id, 'requests');
  t.equal(await firstValueFrom(application.isStable.pipe(take(1))), false);
  await server.release(id);
  t.equal(await text, 'abcdef');
  await application.whenStable();
});
