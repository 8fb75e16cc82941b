import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { type EncodedBody } from '../../../source/body/RequestBody.js';
import { ftp, ftpWith } from '../../../source/node/schemes/ftp.js';
import { type FtpScript, ftpServer, type FtpServer, type FtpServerOptions } from '../../helpers/ftpServer.js';
import { sourceUrl } from '../../helpers/project.js';
import { record } from '../../helpers/record.js';
import { requestOf } from '../../helpers/requestOf.js';
import { runScheme } from '../../helpers/runScheme.js';
import { selfSigned } from '../../helpers/selfSigned.js';

const content = 'x'.repeat(1_000_000);
const files = { 'a.txt': content };
const tls = { ca: selfSigned.cert };
const trusting = ftpWith({ tls });
const body: EncodedBody = {
  bytes: Buffer.from(content),
  length: 1_000_000,
  contentType: undefined,
  repeatable: true,
};

async function serve(t: Test, kind: FtpServerOptions['tls'], script?: FtpScript): Promise<FtpServer> {
  const server = await ftpServer(script, { files, tls: kind });
  t.teardown(() => server.close());
  return server;
}

t.test('ftps: requests TLS before the login, and protects the data', async (t) => {
  const server = await serve(t, 'explicit');
  const { calls, body } = await runScheme(trusting, `${server.origin}/a.txt`).ended;
  t.equal(calls, 'connecting connected head data end');
  t.equal(String(body), content);
  await server.idle();
  t.same(server.commands.slice(0, 6), [
    'AUTH TLS',
    'USER anonymous',
    'PASS anonymous@',
    'PBSZ 0',
    'PROT P',
    'TYPE I',
  ]);
});

t.test('ftps: uploads over TLS', async (t) => {
  const server = await serve(t, 'explicit');
  t.equal((await runScheme(trusting, `${server.origin}/up`, { method: 'PUT', body }).ended).error, undefined);
  t.equal(String(server.uploads.get('up')), content);
});

t.test('ftps: uses TLS from the first byte if configured', async (t) => {
  const server = await serve(t, 'implicit');
  const implicit = ftpWith({ tls, implicitTls: true });
  t.equal(String((await runScheme(implicit, `${server.origin}/a.txt`).ended).body), content);
  t.notOk(server.commands.includes('AUTH TLS'));
  t.ok(server.commands.includes('PROT P'));
});

t.test('an untrusted certificate is refused', async (t) => {
  for (const kind of ['explicit', 'implicit'] as const) {
    const server = await serve(t, kind);
    const handler = kind === 'explicit' ? ftp : ftpWith({ implicitTls: true });
    const { calls, error } = await runScheme(handler, `${server.origin}/a.txt`).ended;
    t.equal(calls, 'connecting error');
    t.match(error, { code: 'ERR_NETWORK', phase: 'tls', message: /self-signed certificate/ });
    t.notOk(server.commands.some((command) => command.startsWith('USER')));
    await server.idle();
  }
});

t.test('a certificate for another name is refused', async (t) => {
  const server = await serve(t, 'explicit');
  const other = ftpWith({ tls: { ...tls, host: 'other.example' } });
  t.match((await runScheme(other, `${server.origin}/a.txt`).ended).error, {
    phase: 'tls',
    message: /does not match certificate's altnames/,
  });
  t.equal(
    (await runScheme(trusting, `${server.origin.replace('127.0.0.1', 'localhost')}/a.txt`).ended).error,
    undefined,
  );
});

t.test('a server without TLS is refused before the login', async (t) => {
  const plain = await serve(t, undefined);
  const { error } = await runScheme(trusting, `${plain.origin.replace('ftp:', 'ftps:')}/a.txt`).ended;
  t.match(error, { phase: 'connect', message: /the server's reply to AUTH: 502 No TLS here\./ });
  const pretending = await serve(t, undefined, {
    AUTH: (session) => {
      session.reply('234 Go on with TLS.');
      session.control.once('data', () => {
        session.reply('500 What?');
      });
    },
  });
  const url = `${pretending.origin.replace('ftp:', 'ftps:')}/a.txt`;
  t.match((await runScheme(trusting, url).ended).error, { code: 'ERR_NETWORK', phase: 'tls' });
  t.notOk([...plain.commands, ...pretending.commands].some((command) => command.startsWith('USER')));
});

t.test('unprotected data is not requested', async (t) => {
  const server = await serve(t, 'explicit', { PROT: '504 No.' });
  t.match((await runScheme(trusting, `${server.origin}/a.txt`).ended).error, { message: /PROT: 504 No\./ });
  const plain = await serve(t, 'explicit', { PROT: '200 Of course.' });
  t.match((await runScheme(trusting, `${plain.origin}/a.txt`).ended).error, { code: 'ERR_NETWORK' });
});

t.test('plaintext received before TLS is not read as a reply after it', async (t) => {
  // The second reply would be that to USER; the third would be its continuation.
  const beforeTls = '234 Go on with TLS.\r\n230 You are in already.\r\n230 And aga';
  const server = await ftpServer({ USER: 'in.\r\n331 Password please.' }, { tls: 'explicit', beforeTls });
  t.teardown(() => server.close());
  t.match((await runScheme(trusting, `${server.origin}/a.txt`).ended).error, {
    message: /this is no reply of an FTP server: "in\."/,
  });
});

t.test('ftps: is refused by the adapter unless enabled, and trusts the authorities of Node', async (t) => {
  const server = await serve(t, 'explicit');
  const url = `${server.origin}/a.txt`;
  t.match((await record(nodeAdapter({ schemes: ['ftp'] })(requestOf(url)))).error, {
    message: /nodeAdapter\(\{ schemes: \['ftps'\] \}\) allows it$/,
  });
  t.match((await record(nodeAdapter({ schemes: ['ftps'] })(requestOf(url)))).error, { phase: 'tls' });
  t.equal((await record(nodeAdapter({ schemes: [['ftps', trusting]] })(requestOf(url)))).text, content);
  const folder = t.testdir();
  const certificate = join(folder, 'ca.pem');
  writeFileSync(certificate, selfSigned.cert);
  const program = `
    import { request, text } from "${sourceUrl('index.node.js')}";
    import { nodeAdapter } from "${sourceUrl('node.js')}";
    request(${JSON.stringify(url)}, { adapter: nodeAdapter({ schemes: ['ftps'] }) })
      .pipe(text()).subscribe((body) => console.log(body.length));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
  });
  t.equal(stdout, '1000000\n');
});

t.test('unknown options are refused', (t) => {
  t.throws(
    () => ftpWith({ secure: true } as never),
    /Unknown option of ftpWith 'secure': use one of tls, implicitTls/,
  );
  t.end();
});
