import { type Socket } from 'node:net';
import t, { type Test } from 'tap';
import { type EncodedBody } from '../../../source/body/RequestBody.js';
import { ftp } from '../../../source/node/schemes/ftp.js';
import { type FtpScript, ftpServer, type FtpServer } from '../../helpers/ftpServer.js';
import { runScheme } from '../../helpers/runScheme.js';

const files = { 'a.txt': 'x'.repeat(100_000) };
const body: EncodedBody = {
  bytes: Buffer.alloc(10_000_000),
  length: 10_000_000,
  contentType: undefined,
  repeatable: true,
};

async function serve(t: Test, script: FtpScript): Promise<FtpServer> {
  const server = await ftpServer(script, { files });
  t.teardown(() => server.close());
  return server;
}

t.test('a download that is cut short', async (t) => {
  const answers: Readonly<
    Record<string, (session: { reply: (text: string) => void }, socket: Socket) => void>
  > = {
    'data ends early': ({ reply }, socket) => {
      socket.end('half');
      reply('226 All of it.');
    },
    'data is reset': (_, socket) => {
      socket.resetAndDestroy();
    },
    'an error after the data': ({ reply }, socket) => {
      socket.end(files['a.txt']);
      reply('426 Broken off.');
    },
    'an error in the middle': ({ reply }, socket) => {
      socket.write('half');
      reply('551 Page type unknown.');
    },
    'a question in the middle': ({ reply }) => {
      reply('350 What now?');
    },
    'garbage in the middle': ({ reply }) => {
      reply('nonsense');
    },
  };
  const expected: Readonly<Record<string, RegExp>> = {
    'data ends early': /the data connection ended after 4 of 100000 bytes/,
    'data is reset': /ECONNRESET/,
    'an error after the data': /the server's reply to RETR: 426 Broken off\./,
    'an error in the middle': /RETR: 551 Page type unknown\./,
    'a question in the middle': /RETR: 350 What now\?/,
    'garbage in the middle': /no reply of an FTP server: "nonsense"/,
  };
  for (const [title, answer] of Object.entries(answers)) {
    await t.test(title, async (t) => {
      const server = await serve(t, {
        RETR: (session) => {
          session.reply('150 Here it comes.');
          void session.data().then((socket) => {
            answer(session, socket);
          });
        },
      });
      const { calls, error } = await runScheme(ftp, `${server.origin}/a.txt`).ended;
      t.match(calls, /^connecting connected head( data)? error$/);
      t.match(error, { code: 'ERR_NETWORK', phase: 'body', message: expected[title] ?? '' });
      await server.idle();
    });
  }

  await t.test('an end of the session before the reply', async (t) => {
    const server = await serve(t, {
      RETR: (session) => {
        session.reply('150 Here it comes.');
        void session.data().then((socket) => socket.end(files['a.txt'], () => session.control.end()));
      },
    });
    const { error } = await runScheme(ftp, `${server.origin}/a.txt`).ended;
    t.match(error, {
      phase: 'body',
      message: /closed the connection before its reply to RETR was complete/,
    });
  });

  await t.test('a success that nothing came before', async (t) => {
    const server = await serve(t, { RETR: '226 Done already.' });
    const { calls, error } = await runScheme(ftp, `${server.origin}/a.txt`).ended;
    t.equal(calls, 'connecting connected error');
    t.match(error, { phase: 'headers', message: /RETR: 226 Done already\./ });
  });
});

t.test('a download confirmed before its data has arrived is still complete', async (t) => {
  const server = await serve(t, {
    RETR: (session) => {
      session.reply('125 Here it comes.\r\n150 Once more.\r\n226 There it was.');
      void session.data().then((socket) => {
        socket.write('x'.repeat(99_999));
        setImmediate(() => socket.end('x'));
      });
    },
  });
  const { calls, received } = await runScheme(ftp, `${server.origin}/a.txt`).ended;
  t.equal(calls, 'connecting connected head data end');
  t.equal(received, 100_000);
});

t.test('an upload that the server cancels is an error', async (t) => {
  const giveUp: Readonly<Record<string, FtpScript[string]>> = {
    '553 No.': '553 No.',
    '452 Disk full.': (session) => {
      session.reply('150 Go on.');
      void session.data().then((socket) => {
        socket.once('data', () => {
          session.reply('452 Disk full.');
        });
      });
    },
    '426 Gone.': (session) => {
      session.reply('150 Go on.');
      void session.data().then((socket) => {
        socket.resume();
        socket.on('end', () => {
          session.reply('426 Gone.');
        });
      });
    },
    'EPIPE|ECONNRESET': (session) => {
      session.reply('150 Go on.');
      void session.data().then((socket) => socket.once('data', () => socket.resetAndDestroy()));
    },
  };
  for (const [reason, answer] of Object.entries(giveUp)) {
    const server = await serve(t, { STOR: answer });
    const { calls, error } = await runScheme(ftp, `${server.origin}/up`, { method: 'PUT', body }).ended;
    t.notMatch(calls, /head/, reason);
    t.match(error, { code: 'ERR_NETWORK', phase: /send|headers/, message: new RegExp(reason) });
    await server.idle();
  }
});
