import { Socket } from 'node:net';
import t, { type Test } from 'tap';
import { type buildConnector } from 'undici';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { type EncodedBody } from '../../../source/body/RequestBody.js';
import { ftp, ftpWith } from '../../../source/node/schemes/ftp.js';
import { type Connector } from '../../../source/node/schemes/HttpConnections.js';
import { type SchemeSink } from '../../../source/node/schemes/SchemeHandler.js';
import { type FtpScript, ftpServer, type FtpServer, type FtpServerOptions } from '../../helpers/ftpServer.js';
import { record } from '../../helpers/record.js';
import { requestOf } from '../../helpers/requestOf.js';
import { runScheme } from '../../helpers/runScheme.js';
import { selfSigned } from '../../helpers/selfSigned.js';

const files = { 'a.txt': 'x'.repeat(1_000_000) };
const body: EncodedBody = {
  bytes: Buffer.alloc(10_000_000),
  length: 10_000_000,
  contentType: undefined,
  repeatable: true,
};
const secure = ftpWith({ tls: { ca: selfSigned.cert } });

async function serve(t: Test, script: FtpScript, options: FtpServerOptions): Promise<FtpServer> {
  const server = await ftpServer(script, { files, ...options });
  t.teardown(() => server.close());
  return server;
}

/** Aborts while the server does not answer at one step; all has to be closed then, and nothing may be reported. */
async function abortAt(t: Test, verb: string, method: string, tls: FtpServerOptions['tls']): Promise<void> {
  let before = '';
  let abort: () => void;
  const aborted = new Promise<void>((resolve) => {
    abort = () => {
      before = run.now().calls;
      run.abort();
      resolve();
    };
  });
  const server = await serve(
    t,
    {
      [verb]: () => {
        abort();
      },
    },
    { tls },
  );
  const run = runScheme(secure, `${server.origin}/a.txt`, method === 'PUT' ? { method, body } : {});
  await aborted;
  await server.idle();
  t.ok(server.connections() > 0);
  t.equal(run.now().calls, before);
  // Twice is as good as once.
  run.abort();
}

t.test('an abort closes the connections while the server is silent', async (t) => {
  for (const tls of [undefined, 'explicit'] as const) {
    const first = tls === undefined ? [] : ['AUTH', 'PBSZ', 'PROT'];
    for (const verb of [
      'GREETING',
      ...first,
      'USER',
      'PASS',
      'TYPE',
      'SIZE',
      'MDTM',
      'EPSV',
      'DATA',
      'RETR',
    ]) {
      await t.test(`at ${verb}${tls === undefined ? '' : ' over TLS'}`, (t) => abortAt(t, verb, 'GET', tls));
    }
    await t.test(`at STOR${tls === undefined ? '' : ' over TLS'}`, (t) => abortAt(t, 'STOR', 'PUT', tls));
  }
});

t.test('an abort closes the connections during a TLS handshake', async (t) => {
  const server = await serve(
    t,
    {
      AUTH: (session) => {
        session.reply('234 Go on with TLS.');
        session.control.once('data', () => {
          run.abort();
        });
      },
    },
    {},
  );
  const run = runScheme(secure, `${server.origin.replace('ftp:', 'ftps:')}/a.txt`);
  await new Promise(setImmediate);
  while (!server.commands.some((command) => command.startsWith('AUTH'))) await new Promise(setImmediate);
  await server.idle();
  t.equal(run.now().calls, 'connecting');
});

t.test('an abort in any report closes the connections, and nothing is reported after it', async (t) => {
  for (const tls of [undefined, 'explicit'] as const) {
    for (const [call, method] of [
      ['connecting', 'GET'],
      ['connected', 'GET'],
      ['head', 'GET'],
      ['received', 'GET'],
      ['data', 'GET'],
      ['head', 'HEAD'],
      ['sent', 'PUT'],
      ['head', 'PUT'],
    ] satisfies [keyof SchemeSink, string][]) {
      const server = await serve(t, {}, { tls });
      const calls = await new Promise<string>((resolve) => {
        const request = method === 'PUT' ? { method, body } : { method };
        runScheme(secure, `${server.origin}/a.txt`, request, (reported, { abort, now }) => {
          if (reported !== call) return;
          abort();
          // Long enough for whatever was on its way.
          void server.idle().then(() => {
            setImmediate(() => {
              resolve(now().calls);
            });
          });
        });
      });
      if (call === 'connecting') {
        // One of the other request, which would come behind one of this.
        await runScheme(secure, `${server.origin}/a.txt`, { method: 'HEAD' }).ended;
        t.equal(server.connections(), 1);
      }
      t.match(calls, call === 'received' ? /head$/ : new RegExp(`${call}$`), `${method} at ${call}`);
    }
  }
});

t.test('an abort between the data and the last reply closes the connections', async (t) => {
  for (const method of ['GET', 'PUT']) {
    const abort = (): void => {
      // The client sees the end of its data only after this.
      setImmediate(() => {
        run.abort();
      });
    };
    const server = await serve(
      t,
      {
        RETR: (session) => {
          session.reply('150 Here it comes.');
          void session.data().then((socket) => socket.end('x', abort));
        },
        STOR: (session) => {
          session.reply('150 Go on.');
          void session.data().then((socket) => socket.resume().on('end', abort));
        },
      },
      {},
    );
    const run = runScheme(ftp, `${server.origin}/a.txt`, method === 'PUT' ? { method, body } : { method });
    while (server.connections() < 2) await new Promise(setImmediate);
    await server.idle();
    t.notMatch(run.now().calls, /end|error/);
  }
});

t.test('an abort before anything happened makes no connection', async (t) => {
  const server = await serve(t, {}, {});
  const run = runScheme(ftp, `${server.origin}/a.txt`);
  run.abort();
  await runScheme(ftp, `${server.origin}/a.txt`).ended;
  t.equal(run.now().calls, '');
  t.equal(server.connections(), 2, 'those of the other request');
});

t.test('an abort while a connection is made cancels it', async (t) => {
  const socket = new Socket();
  let callback: buildConnector.Callback = () => undefined;
  const guard: Connector = (_, connected) => {
    callback = connected;
    // Typed as giving nothing, undici's connectors give their socket.
    return socket as never;
  };
  const run = runScheme(ftpWith({ guard }), 'ftp://127.0.0.1/', {}, (call, { abort }) => {
    if (call === 'connecting') setImmediate(abort);
  });
  await new Promise((resolve) => socket.once('close', resolve));
  const late = new Socket();
  callback(null, late);
  t.ok(late.destroyed, 'one that comes all the same is closed');
  t.equal(run.now().calls, 'connecting');
});

t.test('the time limits of a request end it', async (t) => {
  const cases: [verb: string, limit: 'connect' | 'headers' | 'idle' | 'total'][] = [
    ['GREETING', 'connect'],
    ['USER', 'headers'],
    ['RETR', 'total'],
  ];
  const adapter = nodeAdapter({ schemes: ['ftp'] });
  for (const [verb, limit] of cases) {
    const server = await serve(t, { [verb]: () => undefined }, {});
    const { error } = await record(
      adapter(requestOf(`${server.origin}/a.txt`, { timeout: { [limit]: 50 } })),
    );
    t.match(error, { code: 'ERR_TIMEOUT', limit });
    await server.idle();
  }
  const server = await serve(
    t,
    {
      RETR: (session) => {
        session.reply('150 Here it comes.');
        void session.data().then((socket) => socket.write('x'));
      },
    },
    {},
  );
  const { error } = await record(adapter(requestOf(`${server.origin}/a.txt`, { timeout: { idle: 50 } })));
  t.match(error, { code: 'ERR_TIMEOUT', limit: 'idle' });
  await server.idle();
});
