import { filter, firstValueFrom, lastValueFrom, map, retry, toArray } from 'rxjs';
import { ajax, AjaxError, AjaxTimeoutError } from 'rxjs/ajax';
import t from 'tap';
import { XMLHttpRequest } from '../../source/xmlhttprequest.js';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';

const bench = await openBench(t, 'rxjsAjax');
const { server } = bench;

applyClientContracts(t, bench);

t.test('takes the global class where it has no createXHR', async (t) => {
  bench.use();
  t.same(await lastValueFrom(ajax.getJSON(server.url('/user'))), { id: 1, name: 'Zoë' });
  t.equal(bench.requests.length, 1);
});

t.test('takes the class from createXHR, with no global one', async (t) => {
  bench.use();
  const url = server.url('/user');
  const response$ = ajax<{ name: string }>({ url, createXHR: () => new XMLHttpRequest() });
  t.equal(await lastValueFrom(response$.pipe(map(({ response }) => response.name))), 'Zoë');
  t.equal(bench.requests.length, 0);
});

t.test('unsubscribing aborts', async (t) => {
  const id = bench.id();
  const { xhr } = await firstValueFrom(
    ajax<string>({
      url: server.url(`/held?id=${id}`),
      responseType: 'text',
      includeDownloadProgress: true,
    }).pipe(filter(({ type }) => type === 'download_progress')),
  );
  await server.until(id, 'broken');
  t.equal(xhr.readyState, 0);
});

t.test('errors bear the request', async (t) => {
  const failures = [
    [ajax(server.url('/answer?status=404')), { name: 'AjaxError', status: 404, message: 'ajax error 404' }],
    [ajax(await server.refused()), { name: 'AjaxError', status: 0, message: 'ajax error' }],
    [ajax({ url: server.url('/silent'), timeout: 20 }), { name: 'AjaxTimeoutError' }],
  ] as const;
  for (const [response$, expected] of failures) {
    const error = await lastValueFrom(response$).catch((error: unknown) => error);
    t.ok(error instanceof AjaxError || error instanceof AjaxTimeoutError);
    t.match(error, expected);
    t.ok((error as AjaxError).xhr instanceof globalThis.XMLHttpRequest);
  }
});

t.test('a failed request can be made again', async (t) => {
  let attempts = 0;
  server.routes.set('/flaky', (_, response) => {
    response.writeHead(++attempts < 3 ? 503 : 200).end('{}');
  });
  const response = await lastValueFrom(ajax(server.url('/flaky')).pipe(retry(2)));
  t.same([response.status, attempts], [200, 3]);
});

t.test('tells loadstart, progress and load of both ways', async (t) => {
  const responses = await lastValueFrom(
    ajax({
      url: server.url('/echo'),
      method: 'POST',
      body: { a: 1 },
      includeUploadProgress: true,
      includeDownloadProgress: true,
    }).pipe(toArray()),
  );
  const types = responses.map(({ type }) => type);
  t.same(
    [...new Set(types)],
    [
      'download_loadstart',
      'upload_loadstart',
      'upload_progress',
      'upload_load',
      'download_progress',
      'download_load',
    ],
  );
  t.match(responses.at(-1)?.responseHeaders, { 'content-type': 'application/json' });
});

t.test('appends query parameters, and answers a challenge', async (t) => {
  const { response } = await lastValueFrom(
    ajax<{ path: string }>({ url: server.url('/echo?a=1'), queryParams: { b: 'é', c: [1, 2] } }),
  );
  t.equal(response.path, '/echo?a=1&b=%C3%A9&c=1%2C2');
  const config = { url: server.url('/protected'), user: 'zoe', password: 'secret' };
  const authorized = await lastValueFrom(ajax<{ authorization: string }>(config));
  t.equal(authorized.response.authorization, `Basic ${btoa('zoe:secret')}`);
});
