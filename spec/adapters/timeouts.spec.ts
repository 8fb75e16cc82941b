import { type Socket } from 'node:net';
import { Subject, tap } from 'rxjs';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../source/adapters/node.js';
import { normalizeRequest } from '../../source/request/normalizeRequest.js';
import { type RequestOptions } from '../../source/request/RequestOptions.js';
import { hour, type HourClock, hourClock } from '../helpers/hourClock.js';
import { rawServer, type RawServer } from '../helpers/rawServer.js';
import { record, type Recording } from '../helpers/record.js';
import { undiciVersions } from '../helpers/undiciVersions.js';

const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const adapter = nodeAdapter();

function clockOf(t: Test): HourClock {
  const clock = hourClock();
  t.teardown(() => {
    clock.restore();
  });
  return clock;
}

async function serve(t: Test, answer: (socket: Socket, head: string) => void): Promise<RawServer> {
  const server = await rawServer(answer);
  t.teardown(() => server.close());
  return server;
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

const post = (url: string, options: RequestOptions) =>
  adapter(normalizeRequest(url, { method: 'POST', ...options }));

t.test('timeout.send ends an upload of which the network takes no more', async (t) => {
  const bodies = {
    bytes: () => new Uint8Array(30_000_000),
    stream: () => new Blob([new Uint8Array(30_000_000)]).stream(),
  };
  for (const [kind, body] of Object.entries(bodies)) {
    const clock = clockOf(t);
    const server = await serve(t, (socket) => socket.pause());
    const outcomes: Recording[] = [];
    void record(post(server.origin, { body: body(), timeout: { send: hour } })).then((outcome) => {
      outcomes.push(outcome);
    });
    while (outcomes.length === 0) {
      await turns();
      clock.pass(hour);
    }
    const { error, uploads = [] } = outcomes[0] ?? {};
    t.match(error, { code: 'ERR_TIMEOUT', limit: 'send', milliseconds: hour }, kind);
    t.ok((uploads.at(-1)?.loaded ?? 0) < 30_000_000);
    clock.restore();
  }
});

t.test('timeout.send does not count the time that the source of the body takes', async (t) => {
  const clock = clockOf(t);
  const server = await serve(t, (socket) => {
    socket.on('data', (data) => {
      if (data.toString('latin1').endsWith('0\r\n\r\n')) socket.write(whole);
    });
  });
  const asked = new Subject<() => void>();
  async function* slow(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < 3; piece++) {
      await new Promise<void>((resolve) => {
        asked.next(resolve);
      });
      yield new Uint8Array(10);
    }
  }
  asked.subscribe((resolve) => {
    void turns().then(async () => {
      clock.pass(hour);
      await turns();
      clock.pass(hour);
      await turns();
      resolve();
    });
  });
  const { text, error } = await record(post(server.origin, { body: slow(), timeout: { send: hour } }));
  t.same([text, error], ['ok', undefined]);
});

/**
 * As a busy thread: what is done arrives in the system's buffers, and before anybody has read it the time is up. Timers run in a
 * phase of their own.
 */
function busy(clock: HourClock, arrive: () => void): void {
  setTimeout(() => {
    arrive();
    clock.pass(hour);
  }, 0);
}

t.test('a limit does not pass for what had arrived while the thread was busy', async (t) => {
  const limits: readonly RequestOptions['timeout'][] = [
    { idle: hour },
    { headers: hour },
    { headers: hour, idle: hour, total: 5.5 * hour },
  ];
  for (const timeout of limits) {
    const clock = clockOf(t);
    const sockets: Socket[] = [];
    const server = await serve(t, (socket) => {
      sockets.push(socket);
      busy(clock, () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\na');
      });
    });
    const rest = ['b', 'c', 'd', 'e'];
    const events$ = adapter(normalizeRequest(server.origin, { timeout })).pipe(
      tap(({ readyState }) => {
        if (readyState === 3) busy(clock, () => sockets[0]?.write(rest.shift() ?? ''));
      }),
    );
    const { text, error } = await record(events$);
    t.same([text, error], ['abcde', undefined], JSON.stringify(timeout));
    clock.restore();
  }

  await t.test('nor for a connection that had been made', async (t) => {
    const clock = clockOf(t);
    const server = await serve(t, (socket) => socket.write(whole));
    const outcome = new Promise<Recording>((resolve) => {
      busy(clock, () => {
        resolve(record(adapter(normalizeRequest(server.origin, { timeout: { connect: hour } }))));
      });
    });
    t.equal((await outcome).text, 'ok');
  });
});

for (const { version, undici } of await undiciVersions()) {
  t.test(`timeout.connect does not count the queue of an agent of undici ${version}`, async (t) => {
    const clock = clockOf(t);
    const held: (() => void)[] = [];
    const server = await serve(t, (socket) => {
      held.push(() => socket.write(whole));
    });
    const dispatcher = new undici.Agent({ connections: 1 });
    t.teardown(() => dispatcher.destroy());
    const single = nodeAdapter({ dispatcher });
    const ask = () => record(single(normalizeRequest(server.origin, { timeout: { connect: hour } })));
    const first = ask();
    const second = ask();
    while (held.length === 0) await new Promise(setImmediate);
    for (let passed = 0; passed < 3; passed++) {
      clock.pass(hour);
      await turns();
    }
    held[0]?.();
    t.equal((await first).text, 'ok');
    while (held.length === 1) await new Promise(setImmediate);
    clock.pass(hour);
    held[1]?.();
    t.equal((await second).text, 'ok');
  });
}
