import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';
import { makeJQuery } from './subjects/jquery.js';

const bench = await openBench(t, 'jquery');
const { server } = bench;
const $ = makeJQuery();

applyClientContracts(t, bench);

t.test('gets JSON, text and XML', async (t) => {
  t.same(await $.getJSON(server.url('/user')), { id: 1, name: 'Zoë' });
  t.equal(await $.get(server.url('/text')), 'aé€😀');
  const feed = (await $.get(server.url('/feed.xml'))) as Document;
  t.equal($(feed).find('item').text(), 'é');
});

t.test('writes data as a query and as a form', async (t) => {
  const data = { a: 'é', b: [1, 2] };
  t.match(await $.get(server.url('/echo'), data), { path: '/echo?a=%C3%A9&b%5B%5D=1&b%5B%5D=2' });
  const posted = (await $.post(server.url('/echo'), data)) as { body: string };
  t.match(posted, { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } });
  t.equal(Buffer.from(posted.body, 'base64').toString(), 'a=%C3%A9&b%5B%5D=1&b%5B%5D=2');
});

t.test('tells the stages of a request', async (t) => {
  const stages: string[] = [];
  const note = (stage: string) => () => void stages.push(stage);
  await $.ajax({
    url: server.url('/answer?status=404'),
    beforeSend: (xhr) => {
      note('beforeSend')();
      xhr.setRequestHeader('x-own', '1');
    },
    statusCode: { 404: note('404') },
    error: note('error'),
    complete: note('complete'),
  }).then(note('done'), note('failed'));
  t.same(stages, ['beforeSend', 'error', '404', 'complete', 'failed']);
});

t.test('asks only for what has been modified', async (t) => {
  server.routes.set('/tagged', ({ headers }, response) => {
    response.setHeader('etag', '"1"');
    if (headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.end('text');
  });
  const settings = { url: server.url('/tagged'), ifModified: true };
  const statuses: string[] = [];
  for (let count = 0; count < 2; count++) {
    await $.ajax(settings).then((_, status) => statuses.push(status));
  }
  t.same(statuses, ['success', 'notmodified']);
});

t.test('sets fields of the request, and its MIME type', async (t) => {
  bench.use();
  const text: unknown = await $.ajax({
    url: server.url('/latin1'),
    mimeType: 'text/plain;charset=windows-1252',
    xhrFields: { withCredentials: true },
  });
  t.equal(text, 'é€');
  t.equal(bench.requests[0]?.withCredentials, true);
});

t.test('follows the progress of an upload over an xhr of the caller', async (t) => {
  const loaded: number[] = [];
  await $.ajax({
    url: server.url('/upload'),
    method: 'POST',
    data: new Blob([new Uint8Array(100_000)]) as unknown as string,
    processData: false,
    contentType: 'application/octet-stream',
    xhr: () => {
      const xhr = new XMLHttpRequest();
      xhr.upload.addEventListener('progress', (event) => loaded.push(event.loaded));
      return xhr;
    },
  });
  t.equal(loaded.at(-1), 100_000);
});
