import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { progress, request, text } from '../../../source/index.node.js';
import { ftp, ftpWith } from '../../../source/node/schemes/ftp.js';
import { record } from '../../helpers/record.js';
import { runScheme, type SchemeRun } from '../../helpers/runScheme.js';
import { selfSigned } from '../../helpers/selfSigned.js';
import { findVsftpd, startVsftpd } from '../../helpers/vsftpd.js';

const executable = findVsftpd();
const skip =
  executable === undefined
    ? 'no vsftpd found: install it (apt-get install vsftpd) or set VSFTPD_PATH'
    : false;

const large = Buffer.from(
  Uint8Array.from({ length: 8_000_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff),
);
const tls = [
  'ssl_enable=YES',
  'force_anon_logins_ssl=YES',
  'force_anon_data_ssl=YES',
  'require_ssl_reuse=YES',
];

async function serve(t: Test, settings: readonly string[] = []) {
  const server = await startVsftpd(executable ?? '', t.testdir(), settings);
  t.teardown(() => server.close());
  writeFileSync(join(server.root, 'a.txt'), 'hello\n');
  utimesSync(join(server.root, 'a.txt'), 0, 1_700_000_000);
  writeFileSync(join(server.root, 'large'), large);
  mkdirSync(join(server.root, 'a directory'));
  writeFileSync(join(server.root, 'a directory', 'ünïcode #1?.txt'), 'inner');
  return { ...server, url: `://anonymous:secret@${server.host}` };
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

t.test('with vsftpd', { skip }, async (t) => {
  await t.test('downloads', async (t) => {
    const { url, idle } = await serve(t);
    const { head, headers, body } = await runScheme(ftp, `ftp${url}/a.txt`).ended;
    t.equal(String(body), 'hello\n');
    t.match(head, { status: 200, total: 6 });
    t.same(headers, { 'content-length': '6', 'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT' });
    const asText = await runScheme(ftp, `ftp${url}/a.txt;type=a`).ended;
    t.equal(String(asText.body), 'hello\r\n');
    t.equal(asText.head?.total, undefined);
    const inner = `${encodeURIComponent('a directory')}/${encodeURIComponent('ünïcode #1?.txt')}`;
    t.equal(String((await runScheme(ftp, `ftp${url}/${inner}`).ended).body), 'inner');
    t.equal((await runScheme(ftp, `ftp${url}/a.txt`, { method: 'HEAD' }).ended).head?.total, 6);
    await idle();
  });

  await t.test('reports the progress of a large download', async (t) => {
    const { url, idle } = await serve(t);
    const { body, chunks, head } = await runScheme(ftp, `ftp${url}/large`).ended;
    t.equal(hash(body), hash(large));
    t.equal(head?.total, large.length);
    t.ok(chunks.length > 50);
    const adapter = nodeAdapter({ schemes: ['ftp'] });
    const steps = await lastValueFrom(request(`ftp${url}/large`, { adapter }).pipe(progress(), toArray()));
    t.ok(steps.length > 50);
    t.match(steps.at(-1), { phase: 'download', loaded: large.length, total: large.length });
    t.equal(await lastValueFrom(request(`ftp${url}/a.txt`, { adapter }).pipe(text())), 'hello\n');
    await idle();
  });

  await t.test('lists directories', async (t) => {
    const { url } = await serve(t);
    const lines = String((await runScheme(ftp, `ftp${url}/`).ended).body).split('\r\n');
    t.equal(lines.length, 4);
    t.match(lines[0], /^drwxr-xr-x .* a directory$/);
    t.match(lines[1], /^-rw-r--r-- .* 6 Nov 14 +2023 a\.txt$/);
    t.equal(
      String((await runScheme(ftp, `ftp${url}/;type=d`).ended).body),
      'a directory\r\na.txt\r\nlarge\r\n',
    );
    const inner = await runScheme(ftp, `ftp${url}/a%20directory/`).ended;
    t.match(String(inner.body), / ünïcode #1\?\.txt\r\n$/);
    t.match((await runScheme(ftp, `ftp${url}/none/`).ended).error, {
      message: /CWD: 550 Failed to change directory\./,
    });
  });

  await t.test('uploads', async (t) => {
    const { url, root } = await serve(t);
    const adapter = nodeAdapter({ schemes: ['ftp'] });
    const { states, response, uploads } = await record(
      request(`ftp${url}/up%20load`, { adapter, method: 'PUT', body: large }),
    );
    t.match(states, /^1+24$/);
    t.equal(response?.status, 200);
    t.equal(uploads.length, Math.ceil(large.length / 65_536));
    t.same(uploads.at(-1), { loaded: large.length, transferred: large.length, total: large.length });
    t.equal(hash(readFileSync(join(root, 'up load'))), hash(large));
    await record(request(`ftp${url}/up%20load`, { adapter, method: 'PUT', body: 'less' }));
    t.equal(String(readFileSync(join(root, 'up load'))), 'less');
    const { error } = await runScheme(ftp, `ftp${url}/none/up`, { method: 'PUT' }).ended;
    t.match(error, { phase: 'send', message: /the server's reply to STOR: 553 Could not create file\./ });
  });

  await t.test('reports why it refuses', async (t) => {
    const { url, host } = await serve(t);
    for (const login of ['', 'anonymous:wrong@']) {
      t.match((await runScheme(ftp, `ftp://${login}${host}/a.txt`).ended).error, {
        phase: 'connect',
        message: /the server's reply to the login: 530 Login incorrect\./,
      });
    }
    t.match((await runScheme(ftp, `ftp${url}/none`).ended).error, {
      phase: 'headers',
      message: /the server's reply to RETR: 550 Failed to open file\./,
    });
    t.match((await runScheme(ftp, `ftp${url}/none`, { method: 'HEAD' }).ended).error, {
      message: /550 Could not get/,
    });
  });

  await t.test('ends its session at an abort', async (t) => {
    const { url, root, idle } = await serve(t, ['trans_chunk_size=4096']);
    const atFirst = (call: string, { abort }: SchemeRun): void => {
      if (call === 'data' || call === 'sent') abort();
    };
    const download = runScheme(ftp, `ftp${url}/large`, {}, atFirst);
    const body = { bytes: large, length: large.length, contentType: undefined, repeatable: true };
    const upload = runScheme(ftp, `ftp${url}/up`, { method: 'PUT', body }, atFirst);
    while (!download.now().calls.includes('data') || !upload.now().calls.includes('sent'))
      await new Promise(setImmediate);
    await idle();
    t.equal(download.now().calls, 'connecting connected head data');
    t.equal(upload.now().calls, 'connecting connected sent');
    t.ok(existsSync(join(root, 'up')) && statSync(join(root, 'up')).size < large.length);
  });

  await t.test('uses TLS, with sessions resumed for the data', async (t) => {
    const handlers = {
      explicit: [ftpWith({ tls: { ca: selfSigned.cert } }), tls],
      implicit: [ftpWith({ tls: { ca: selfSigned.cert }, implicitTls: true }), [...tls, 'implicit_ssl=YES']],
    } as const;
    for (const [name, [handler, settings]] of Object.entries(handlers)) {
      await t.test(name, async (t) => {
        const { url, root, idle } = await serve(t, settings);
        t.equal(hash((await runScheme(handler, `ftps${url}/large`).ended).body), hash(large));
        t.match(String((await runScheme(handler, `ftps${url}/`).ended).body), /a\.txt\r\n/);
        const body = { bytes: large, length: large.length, contentType: undefined, repeatable: true };
        const { error } = await runScheme(handler, `ftps${url}/up`, { method: 'PUT', body }).ended;
        t.equal(error, undefined);
        t.equal(hash(readFileSync(join(root, 'up'))), hash(large));
        await idle();
      });
    }
  });

  await t.test(
    'is not told a login where its certificate is not trusted, and tells none without TLS',
    async (t) => {
      const { url, idle } = await serve(t, tls);
      t.match((await runScheme(ftp, `ftps${url}/a.txt`).ended).error, {
        phase: 'tls',
        message: /self-signed/,
      });
      t.match((await runScheme(ftp, `ftp${url}/a.txt`).ended).error, {
        message: /530 Anonymous sessions must use encryption/,
      });
      await idle();
    },
  );
});
