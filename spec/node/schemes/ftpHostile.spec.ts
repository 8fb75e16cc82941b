import { type AddressInfo, createServer } from 'node:net';
import t, { type Test } from 'tap';
import { type EncodedBody } from '../../../source/body/RequestBody.js';
import { ftp, ftpWith } from '../../../source/node/schemes/ftp.js';
import { defaultLimits } from '../../../source/options/limits.js';
import { type FtpScript, ftpServer, type FtpServer, type FtpServerOptions } from '../../helpers/ftpServer.js';
import { runScheme } from '../../helpers/runScheme.js';
import { selfSigned } from '../../helpers/selfSigned.js';

const files = { 'a.txt': 'x'.repeat(100_000) };
const body: EncodedBody = {
  bytes: Buffer.alloc(100_000, 'y'),
  length: 100_000,
  contentType: undefined,
  repeatable: true,
};
const secure = ftpWith({ tls: { ca: selfSigned.cert } });

async function serve(t: Test, script: FtpScript, options: FtpServerOptions = {}): Promise<FtpServer> {
  const server = await ftpServer(script, { files, ...options });
  t.teardown(() => server.close());
  return server;
}

/** Where a request stands at a command: an upload is sent from `STOR` on, a download asked for from `TYPE` on. */
function phaseAt(verb: string, method: string): string {
  if (method === 'PUT') return verb === 'STOR' ? 'send' : 'connect';
  return ['TYPE', 'SIZE', 'MDTM', 'EPSV', 'RETR'].includes(verb) ? 'headers' : 'connect';
}

/** Downloads and uploads in plain and over TLS, with every command answered by `answer` once; tells what came of each. */
async function atEachCommand(
  t: Test,
  answer: FtpScript[string],
  check: (t: Test, error: Error | undefined, verb: string, method: string) => void,
): Promise<void> {
  const verbs = {
    GET: ['GREETING', 'USER', 'PASS', 'TYPE', 'SIZE', 'MDTM', 'EPSV', 'RETR'],
    PUT: ['GREETING', 'USER', 'PASS', 'TYPE', 'EPSV', 'STOR'],
  };
  for (const tls of [undefined, 'explicit'] as const) {
    for (const [method, plainVerbs] of Object.entries(verbs)) {
      for (const verb of tls === undefined ? plainVerbs : [...plainVerbs, 'AUTH', 'PBSZ', 'PROT']) {
        const title = `${method} at ${verb}${tls === undefined ? '' : ' over TLS'}`;
        await t.test(title, async (t) => {
          const server = await serve(t, { [verb]: answer }, tls === undefined ? {} : { tls });
          const request = method === 'PUT' ? { method, body } : {};
          const { calls, error } = await runScheme(secure, `${server.origin}/a.txt`, request).ended;
          t.match(calls, error === undefined ? /end$/ : /error$/);
          check(t, error, verb, method);
          await server.idle();
        });
      }
    }
  }
}

t.test('a server that hangs up', async (t) => {
  await t.test('in the usual way', (t) =>
    atEachCommand(
      t,
      ({ control }) => control.end(),
      (t, error, verb, method) => {
        t.match(error, { phase: phaseAt(verb, method) });
        t.match(error?.message, /the server closed the connection before its reply to .* was complete/);
      },
    ),
  );
  await t.test('by a reset', (t) =>
    atEachCommand(
      t,
      ({ control }) => {
        if ('encrypted' in control) control.destroy();
        else control.resetAndDestroy();
      },
      (t, error, verb, method) => t.match(error, { phase: phaseAt(verb, method) }),
    ),
  );
  await t.test('in the middle of a reply', (t) =>
    atEachCommand(
      t,
      ({ control }) => control.end('2'),
      (t, error) => t.match(error?.message, /the server closed the connection/),
    ),
  );
});

t.test('a server that sends an invalid reply', async (t) => {
  await t.test('is an error that shows it', (t) =>
    atEachCommand(
      t,
      ({ control }) => control.write('HTTP/1.1 400 Bad Request\r\n'),
      (t, error) =>
        t.match(error?.message, /this is no reply of an FTP server: "HTTP\/1\.1 400 Bad Request"/),
    ),
  );
  await t.test('is an error if it never ends', (t) =>
    atEachCommand(
      t,
      ({ control }) => {
        const flood = (): void => {
          while (control.writable && control.write('220-'.padEnd(10_000, 'x')));
        };
        control.on('drain', flood);
        flood();
      },
      (t, error) => t.match(error, { code: 'ERR_LIMIT', limit: 'headerBytes', value: 262_144 }),
    ),
  );
  await t.test('may not go over the limit of the request', async (t) => {
    const server = await serve(t, { GREETING: `220-\r\n${'line\r\n'.repeat(300)}220 ok` });
    const limits = { ...defaultLimits, headerBytes: 1000 };
    t.match((await runScheme(ftp, `${server.origin}/a.txt`, { limits }).ended).error, { value: 1000 });
    t.equal((await runScheme(ftp, `${server.origin}/a.txt`).ended).error, undefined);
  });
});

t.test('a server that refuses a step', async (t) => {
  await atEachCommand(t, '451 Not now.', (t, error, verb) => {
    // These are asked for what they are worth; PASV stands in for EPSV.
    if (['SIZE', 'MDTM', 'PBSZ', 'EPSV'].includes(verb)) t.equal(error, undefined);
    else t.match(error?.message, /451 Not now\./);
  });
});

t.test('PASV is used without EPSV, only to the same host', async (t) => {
  const server = await serve(t, { EPSV: '500 What?' });
  t.equal((await runScheme(ftp, `${server.origin}/a.txt`).ended).received, 100_000);
  for (const address of ['10,0,0,1', '192,0,2,7', '0,0,0,0']) {
    const elsewhere = await serve(t, {
      EPSV: '500 What?',
      PASV: `227 Entering passive mode (${address},4,1)`,
    });
    const { error } = await runScheme(ftp, `${elsewhere.origin}/a.txt`).ended;
    t.match(error, { code: 'ERR_NETWORK', message: /the server names another host for its data connection/ });
    t.match(error?.message, address.replaceAll(',', '.'));
    t.notMatch(error?.message, /allowSeparateTransferHost/);
    t.equal(elsewhere.connections(), 1);
  }
});

t.test('a server without a data connection is an error', async (t) => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const closed = `(127,0,0,1,${port >> 8},${port & 255})`;
  const cases: [epsv: string, pasv: string, message: RegExp][] = [
    [
      `229 Passive (|||${port}|)`,
      `227 Passive ${closed}`,
      /no data connection could be made: .*ECONNREFUSED/,
    ],
    ['229 Passive (|||99999|)', '502 No.', /no data connection could be made: 502 No\.$/],
    ['229 Passive (|||0|)', '227 Passive', /no data connection could be made: .*227 Passive/],
    ['229 Passive', '227 Passive (1,2,3)', /no data connection could be made/],
    ['229 Passive (|||x|)', '227 Passive (999,0,0,1,1,1)', /names another host/],
  ];
  for (const [epsv, pasv, message] of cases) {
    const server = await serve(t, { EPSV: epsv, PASV: pasv });
    const { error } = await runScheme(ftp, `${server.origin}/a.txt`).ended;
    t.match(error, { code: 'ERR_NETWORK', phase: 'headers', message }, epsv);
    await server.idle();
  }
});

t.test("a server's reason for hanging up is quoted, even while a data connection is made", async (t) => {
  const server = await serve(t, {
    DATA: ({ control }) => control.end('421 Shutting down.\r\n'),
    RETR: () => undefined,
  });
  t.match((await runScheme(ftp, `${server.origin}/a.txt`).ended).error, { message: /421 Shutting down\./ });
});

t.test('a closed port and an unknown name are distinguished', async (t) => {
  t.match((await runScheme(ftp, 'ftp://127.0.0.1:1/').ended).error, {
    phase: 'connect',
    message: /ECONNREFUSED/,
  });
  t.match((await runScheme(ftp, 'ftp://nowhere.invalid/').ended).error, { phase: 'dns' });
});
