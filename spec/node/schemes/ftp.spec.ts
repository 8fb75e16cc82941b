import { lastValueFrom } from 'rxjs';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { type EncodedBody } from '../../../source/body/RequestBody.js';
import { request, text } from '../../../source/index.node.js';
import { ftp } from '../../../source/node/schemes/ftp.js';
import { publicHosts } from '../../../source/node/schemes/publicHosts.js';
import { type FtpScript, ftpServer, type FtpServer } from '../../helpers/ftpServer.js';
import { record } from '../../helpers/record.js';
import { requestOf } from '../../helpers/requestOf.js';
import { runScheme } from '../../helpers/runScheme.js';

const files = {
  'a.txt': 'hello',
  'dir/é?.bin': Buffer.from([0, 255, 13, 10, 10]),
  '/etc/motd': 'root',
  'dir/b': '',
};

async function serve(t: Test, script?: FtpScript): Promise<FtpServer> {
  const server = await ftpServer(script, { files });
  t.teardown(() => server.close());
  return server;
}

function bodyOf(bytes: EncodedBody['bytes']): EncodedBody {
  return { bytes, length: undefined, contentType: undefined, repeatable: false };
}

t.test('GET downloads a file', async (t) => {
  const server = await serve(t);
  const { calls, head, headers, body, received } = await runScheme(ftp, `${server.origin}/a.txt#part`).ended;
  t.equal(calls, 'connecting connected head data end');
  t.match(head, {
    url: `${server.origin}/a.txt#part`,
    status: 200,
    statusText: 'OK',
    total: 5,
  });
  t.same(head?.redirects, []);
  t.same(headers, { 'content-length': '5', 'last-modified': 'Thu, 29 Feb 2024 12:34:56 GMT' });
  t.equal(String(body), 'hello');
  t.equal(received, 5);
  await server.idle();
  t.same(server.commands, [
    'USER anonymous',
    'PASS anonymous@',
    'TYPE I',
    'SIZE a.txt',
    'MDTM a.txt',
    'EPSV',
    'RETR a.txt',
    'QUIT',
  ]);
});

t.test('nothing is reported before the handler has returned', async (t) => {
  const server = await serve(t);
  const run = runScheme(ftp, `${server.origin}/a.txt`);
  t.equal(run.now().calls, '');
  await run.ended;
});

t.test('a path is read as bytes, a query as a part of it, one more slash as the root', async (t) => {
  const server = await serve(t);
  t.same([...(await runScheme(ftp, `${server.origin}/dir/é%3F.bin`).ended).body], [0, 255, 13, 10, 10]);
  t.equal((await runScheme(ftp, `${server.origin}/dir/%C3%A9?.bin`).ended).received, 5);
  t.equal(String((await runScheme(ftp, `${server.origin}//etc/motd`).ended).body), 'root');
  t.equal(String((await runScheme(ftp, `${server.origin}/%2Fetc/motd`).ended).body), 'root');
});

t.test('an empty file is a response without data', async (t) => {
  const server = await serve(t);
  const { calls, head } = await runScheme(ftp, `${server.origin}/dir/b`).ended;
  t.equal(calls, 'connecting connected head end');
  t.equal(head?.total, 0);
});

t.test('a file is downloaded even without SIZE and MDTM', async (t) => {
  const server = await serve(t, { SIZE: '502 What?', MDTM: '500 What?' });
  const { calls, head, body } = await runScheme(ftp, `${server.origin}/a.txt`).ended;
  t.equal(calls, 'connecting connected head data end');
  t.same([head?.headers, head?.total], [[], undefined]);
  t.equal(String(body), 'hello');
  const odd = await serve(t, { SIZE: '213 many', MDTM: '213 20249999999999' });
  t.same((await runScheme(ftp, `${odd.origin}/a.txt`).ended).head?.headers, []);
});

t.test('a file that has grown meanwhile is sent whole', async (t) => {
  const server = await serve(t, { SIZE: '213 3' });
  t.equal(String((await runScheme(ftp, `${server.origin}/a.txt`).ended).body), 'hello');
});

t.test('HEAD returns size and time without a data connection', async (t) => {
  const server = await serve(t);
  const { calls, headers } = await runScheme(ftp, `${server.origin}/a.txt`, { method: 'HEAD' }).ended;
  t.equal(calls, 'connecting connected head end');
  t.equal(headers['content-length'], '5');
  t.equal(server.connections(), 1);
  const { error } = await runScheme(ftp, `${server.origin}/none`, { method: 'HEAD' }).ended;
  t.match(error, { phase: 'headers', message: /the server's reply to .*: 550 none: no such file\./ });
});

t.test("a directory's response is its listing", async (t) => {
  const server = await serve(t);
  const { head, headers, body } = await runScheme(ftp, `${server.origin}/dir/`).ended;
  t.equal(head?.total, undefined);
  t.same(headers, { 'content-type': 'text/plain;charset=utf-8' });
  t.match(String(body), /^-rw-r--r-- 1 o g 1 Jan 1 00:00 a\.txt\r\n/);
  await server.idle();
  t.same(server.commands.slice(2), ['TYPE A', 'OPTS UTF8 ON', 'CWD dir', 'EPSV', 'LIST', 'QUIT']);
  for (const path of ['', '/', '//', '/dir;type=D']) {
    t.match((await runScheme(ftp, `${server.origin}${path}`).ended).body.toString(), /a\.txt\r\n/, path);
  }
  const { calls } = await runScheme(ftp, `${server.origin}/dir/`, { method: 'HEAD' }).ended;
  t.equal(calls, 'connecting connected head end');
  t.match((await runScheme(ftp, `${server.origin}/none/`).ended).error, {
    message: /CWD: 550 none: no such/,
  });
});

t.test('a type code decides how a file is transferred, and what a listing shows', async (t) => {
  const server = await serve(t);
  const { head, body } = await runScheme(ftp, `${server.origin}/a.txt;type=a`).ended;
  t.equal(head?.total, undefined, 'text is of another length on its way');
  t.equal(String(body), 'hello');
  t.ok(server.commands.includes('TYPE A'));
  t.equal((await runScheme(ftp, `${server.origin}/a.txt;type=i`).ended).head?.total, 5);
  t.match(String((await runScheme(ftp, `${server.origin}/dir/;type=d`).ended).body), /^a\.txt\r\ndir\//);
  t.match((await runScheme(ftp, `${server.origin}/a.txt;type=x`).ended).error, {
    message: /a\.txt;type=x: no such/,
  });
});

t.test('the login is that of the URL, or of the request', async (t) => {
  const server = await serve(t);
  const url = server.origin.replace('//', '//us%65r:p%40ss:%C3%BC@');
  await runScheme(ftp, `${url}/a.txt`).ended;
  const headers = ['Authorization', `Basic ${btoa('other:se:cret')}`];
  await runScheme(ftp, `${url}/a.txt`, { headers }).ended;
  await runScheme(ftp, `${server.origin}/a.txt`, { headers }).ended;
  await runScheme(ftp, `${server.origin.replace('//', '//anonymous@')}/a.txt`).ended;
  t.same(
    server.commands.filter((command) => /^(?:USER|PASS)/.test(command)),
    [
      ...['USER user', 'PASS p@ss:ü', 'USER user', 'PASS p@ss:ü'],
      ...['USER other', 'PASS se:cret', 'USER anonymous', 'PASS '],
    ],
  );
});

t.test('a server that needs no password is not sent one', async (t) => {
  const server = await serve(t, { USER: '230 Welcome.' });
  t.equal(String((await runScheme(ftp, `${server.origin}/a.txt`).ended).body), 'hello');
  t.notOk(server.commands.some((command) => command.startsWith('PASS')));
});

t.test('a refusal is an error in the words of the server, without the password', async (t) => {
  const wrong = await serve(t, { PASS: '530-Sorry,\r\n530 wrong pässword \x1b[31m.' });
  const url = `${wrong.origin.replace('//', '//user:secret@')}/a.txt`;
  const { calls, error } = await runScheme(ftp, url).ended;
  t.equal(calls, 'connecting connected error');
  t.equal(
    error?.message,
    `GET ${wrong.origin}/a.txt failed (connect): the server's reply to the login: 530-Sorry, 530 wrong pässword [31m.`,
  );
  t.match(error, { code: 'ERR_NETWORK', phase: 'connect', request: { url: `${wrong.origin}/a.txt` } });
  const account = await serve(t, { PASS: '332 Account?' });
  t.match((await runScheme(ftp, url.replace(wrong.origin.slice(6), account.origin.slice(6))).ended).error, {
    message: /the login: 332 Account\?/,
  });
  const server = await serve(t);
  t.match((await runScheme(ftp, `${server.origin}/none`).ended).error, {
    phase: 'headers',
    message: /the server's reply to RETR: 550 none: no such file\.$/,
  });
  const full = await serve(t, { GREETING: '421 Too many users.' });
  t.match((await runScheme(ftp, full.origin).ended).error, {
    phase: 'connect',
    message: /421 Too many users\./,
  });
});

t.test('PUT uploads, and reports its progress', async (t) => {
  const server = await serve(t);
  const body = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => index % 253));
  const { calls, head, sent } = await runScheme(ftp, `${server.origin}/up`, {
    method: 'PUT',
    body: bodyOf(body),
  }).ended;
  t.equal(calls, 'connecting connected sent head end');
  t.match(head, { status: 200, total: 0 });
  t.same(head?.headers, []);
  t.same(sent, [65_536, 131_072, 196_608, 262_144, 300_000]);
  t.ok(server.uploads.get('up')?.equals(body));
  await server.idle();
  t.same(server.commands.slice(2), ['TYPE I', 'EPSV', 'STOR up', 'QUIT']);
});

t.test('PUT uploads streams and empty bodies', async (t) => {
  const server = await serve(t);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const piece of ['one ', 'two']) yield await Promise.resolve(Buffer.from(piece));
  }
  await runScheme(ftp, `${server.origin}/dir/x;type=a`, { method: 'PUT', body: bodyOf(pieces) }).ended;
  t.equal(String(server.uploads.get('dir/x')), 'one two');
  t.equal(
    (await runScheme(ftp, `${server.origin}/empty`, { method: 'PUT' }).ended).calls,
    'connecting connected head end',
  );
  t.equal(server.uploads.get('empty')?.length, 0);
});

t.test('an upload whose body fails is reset, so that the file does not look complete', async (t) => {
  let arrived: () => void;
  const hasArrived = new Promise<void>((resolve) => (arrived = resolve));
  const server = await serve(t, {
    STOR: (session, _, go) => {
      go();
      void session.data().then((socket) => socket.once('data', arrived));
    },
  });
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    await hasArrived;
    throw new Error('the source is dry');
  }
  const run = runScheme(ftp, `${server.origin}/up`, { method: 'PUT', body: bodyOf(pieces) });
  t.match((await run.ended).error, { phase: 'send', message: /the source is dry/ });
  await server.idle();
  t.same([...server.uploads.keys()], ['up!']);
});

t.test('other methods, and directories for PUT, are refused before anything is sent', async (t) => {
  const server = await serve(t);
  for (const method of ['POST', 'DELETE', 'OPTIONS']) {
    t.match((await runScheme(ftp, `${server.origin}/a.txt`, { method }).ended).error, {
      code: 'ERR_NETWORK',
      message: new RegExp(`an FTP server answers GET, HEAD and PUT, but nothing else \\(${method}\\)`),
    });
  }
  const { error } = await runScheme(ftp, `${server.origin}/dir/`, { method: 'PUT' }).ended;
  t.match(error, { message: /names a directory/ });
  t.equal(server.connections(), 0);
});

t.test('the adapter for Node supports ftp: if enabled', async (t) => {
  const server = await serve(t);
  const adapter = nodeAdapter({ schemes: ['ftp'] });
  const url = `${server.origin}/a.txt`;
  t.equal(await lastValueFrom(request(url, { adapter, username: 'u', password: 'p' }).pipe(text())), 'hello');
  t.same(server.commands.slice(0, 2), ['USER u', 'PASS p']);
  const secret = `${server.origin.replace('//', '//user:secret@')}/none`;
  const { error } = await record(request(secret, { adapter }));
  t.match(error, { message: /550 none/ });
  t.notMatch(JSON.stringify(error), /secret/);
  const uploaded = await record(request(`${server.origin}/up`, { adapter, method: 'PUT', body: 'four' }));
  t.equal(uploaded.states, '1124');
  t.same(uploaded.uploads, [{ loaded: 4, transferred: 4, total: 4 }]);
  t.match((await record(nodeAdapter()(requestOf(url)))).error, {
    code: 'ERR_NETWORK',
    message:
      /the scheme ftp: is not allowed here, only .*; nodeAdapter\(\{ schemes: \['ftp'\] \}\) allows it$/,
  });
  t.match((await record(nodeAdapter()(requestOf('gopher://a.example/')))).error, {
    message: /nodeAdapter\(\{ schemes: \[\['gopher', handler\]\] \}\) would allow it$/,
  });
  t.throws(
    () => nodeAdapter({ schemes: ['sftp' as 'ftp'] }),
    /Unknown scheme of nodeAdapter 'sftp': use one of/,
  );
});

t.test('a guard applies to ftp: as well', async (t) => {
  const server = await serve(t);
  const refused = nodeAdapter({ schemes: ['ftp'], guard: publicHosts() });
  t.match((await record(refused(requestOf(`${server.origin}/a.txt`)))).error, {
    phase: 'connect',
    message: /127\.0\.0\.1 is not a public address/,
  });
  t.equal(server.connections(), 0);
  const allowed = nodeAdapter({ schemes: ['ftp'], guard: publicHosts({ allow: ['127.0.0.1'] }) });
  t.equal((await record(allowed(requestOf(`${server.origin}/a.txt`)))).text, 'hello');
});
