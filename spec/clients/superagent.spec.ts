import t from 'tap';
import { applyClientContracts } from './contracts/applyClientContracts.js';
import { openBench } from './contracts/openBench.js';
import { loadAgent } from './subjects/superagent.js';

const bench = await openBench(t, 'superagent');
const { server } = bench;
const agent = loadAgent();

applyClientContracts(t, bench);

t.test('attaches files and fields', async (t) => {
  const response = await agent
    .post(server.url('/echo'))
    .field('field', 'é')
    .attach('file', new File(['text'], 'a.txt', { type: 'text/plain' }));
  const { headers, body: sent } = response.body as { headers: Record<string, string>; body: string };
  const form = await new Response(Buffer.from(sent, 'base64'), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  }).formData();
  t.equal(form.get('field'), 'é');
  t.match(form.get('file'), { name: 'a.txt', size: 4, type: 'text/plain' });
});

t.test('sends a query, a form and credentials', async (t) => {
  const posted = await agent
    .post(server.url('/echo'))
    .query({ a: 'é' })
    .type('form')
    .send({ b: 1 })
    .send({ c: 2 })
    .auth('zoe', 'secret', { type: 'auto' });
  t.match(posted.body, {
    path: '/echo?a=%C3%A9',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  t.equal(Buffer.from((posted.body as { body: string }).body, 'base64').toString(), 'b=1&c=2');
  const answered = await agent.get(server.url('/protected')).auth('zoe', 'secret', { type: 'auto' });
  t.same(answered.body, { authorization: `Basic ${btoa('zoe:secret')}` });
});

t.test('tells kind, type and fields of a response', async (t) => {
  const response = await agent.get(server.url('/user'));
  t.match(response, {
    ok: true,
    statusType: 2,
    type: 'application/json',
    header: { 'x-own': 'of the server', 'x-many': '1, 2' },
  });
  const missing = await agent.get(server.url('/answer?status=404')).ok(({ status }) => status === 404);
  t.match(missing, { notFound: true, body: { problem: 'no such thing' } });
});

t.test('times out where the response does not begin, or does not end', async (t) => {
  for (const [path, limit] of [
    ['/silent', { response: 20 }],
    ['/held', { deadline: 20 }],
  ] as const) {
    const outcome = agent.get(server.url(path)).timeout(limit);
    await t.rejects(Promise.resolve(outcome), { code: 'ECONNABORTED', timeout: 20 }, path);
  }
});

t.test('makes a failed request again', async (t) => {
  let attempts = 0;
  server.routes.set('/flaky', (_, response) => {
    response.writeHead(++attempts < 3 ? 503 : 200).end('text');
  });
  t.equal((await agent.get(server.url('/flaky')).retry(2)).status, 200);
  t.equal(attempts, 3);
});
