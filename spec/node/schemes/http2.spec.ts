import t from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { normalizeRequest } from '../../../source/request/normalizeRequest.js';
import { nodeWays } from '../../helpers/nodeWays.js';
import { rawHttp2Server, type RawHttp2Stream } from '../../helpers/rawHttp2Server.js';
import { record } from '../../helpers/record.js';
import { selfSigned } from '../../helpers/selfSigned.js';
import { undiciVersions } from '../../helpers/undiciVersions.js';

/** Error codes of HTTP/2 (RFC 9113, 7): all but those that speak of frames. */
const codes = { noError: 0, protocolError: 1, internalError: 2, refusedStream: 7, cancel: 8, calm: 11 };

/** Waits until the client has had time to read what was sent. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

type Answer = (stream: RawHttp2Stream) => void;

const whole: Readonly<Record<string, Answer>> = {
  'a body in one frame'(stream) {
    stream.headers({}, { status: 200 });
    stream.data('whole', { end: true });
  },
  'a body whose end has a frame of its own'(stream) {
    stream.headers({ 'content-length': '5' }, { status: 200 });
    stream.data('who');
    stream.data('le');
    stream.data('', { end: true });
  },
  'a whole response, after which the server wants no more of the request'(stream) {
    stream.headers({}, { status: 200 });
    stream.data('whole', { end: true });
    stream.reset(codes.noError);
  },
};

for (const { version, undici } of await undiciVersions()) {
  const dispatcher = new undici.Agent({ allowH2: true, connect: { ca: selfSigned.cert } });
  t.teardown(() => dispatcher.destroy());

  for (const [name, ask] of Object.entries(nodeWays(dispatcher))) {
    t.test(`${name}, over undici ${version}`, async (t) => {
      for (const [what, answer] of Object.entries(whole)) {
        const server = await rawHttp2Server(answer);
        const { status, text, error } = await ask(server.origin);
        t.same([status, text, error], [200, 'whole', undefined], what);
        server.close();
      }

      const cut: Record<string, Answer> = {
        'fewer bytes than announced'(stream) {
          stream.headers({ 'content-length': '9' }, { status: 200 });
          stream.data('half', { end: true });
        },
        'a connection that ends'(stream) {
          stream.headers({}, { status: 200 });
          stream.data('half');
          void turns().then(() => stream.socket.end());
        },
      };
      for (const [code, number] of Object.entries(codes)) {
        for (const fields of [{}, { 'content-length': '9' }]) {
          cut[`RST_STREAM, ${code}, ${JSON.stringify(fields)}`] = (stream) => {
            stream.headers(fields, { status: 200 });
            stream.data('half');
            void turns().then(() => {
              stream.reset(number);
            });
          };
        }
        cut[`RST_STREAM, ${code}, together with the data`] = (stream) => {
          stream.headers({}, { status: 200 });
          stream.data('half');
          stream.reset(number);
        };
      }
      for (const [what, answer] of Object.entries(cut)) {
        const server = await rawHttp2Server(answer);
        t.match((await ask(server.origin)).error, { code: 'ERR_NETWORK', phase: 'body' }, what);
        server.close();
      }

      await t.test('an error before the head', async (t) => {
        for (const code of Object.values(codes)) {
          const server = await rawHttp2Server((stream) => {
            stream.reset(code);
          });
          t.match((await ask(server.origin)).error, { code: 'ERR_NETWORK', phase: 'headers' });
          server.close();
        }
      });
    });
  }

  t.test(`trailers, over undici ${version}`, async (t) => {
    const server = await rawHttp2Server((stream) => {
      stream.headers({}, { status: 200 });
      stream.data('whole');
      stream.headers({ 'x-sum': 'abc' }, { end: true });
    });
    const { text, done } = await record(nodeAdapter({ dispatcher })(normalizeRequest(server.origin)));
    t.equal(text, 'whole');
    t.same([...(done?.trailers ?? [])], [['x-sum', 'abc']]);
    server.close();
  });

  t.test(`GOAWAY while a response is on its way, over undici ${version}`, async (t) => {
    const server = await rawHttp2Server((stream) => {
      stream.headers({}, { status: 200 });
      stream.data('who');
      void turns().then(async () => {
        stream.goAway(codes.noError);
        await turns();
        stream.data('le', { end: true });
      });
    });
    const { text, error } = await record(nodeAdapter({ dispatcher })(normalizeRequest(server.origin)));
    // undici 7 closes the connection with all that is on its way.
    if (version === 7) t.match(error, { code: 'ERR_NETWORK', phase: 'body', message: /GOAWAY/ });
    else t.same([text, error], ['whole', undefined]);
    server.close();
  });
}
