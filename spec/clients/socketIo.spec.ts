import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type * as socketIo from 'socket.io-client';
import t from 'tap';
import { clientServer } from '../helpers/clientServer.js';
import { runClientProgram } from './contracts/runClientProgram.js';
import { takeGlobalsAway } from './contracts/takeGlobalsAway.js';
import { watchRequests } from './contracts/watchRequests.js';

const http = createServer();
const server = new Server(http);
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
t.teardown(async () => {
  await server.close();
});
server.on('connection', (socket) => {
  socket.on('echo', (...values: unknown[]) => {
    const answer = values.pop() as (values: unknown[]) => void;
    answer(values);
  });
  socket.on('count', (count: number) => {
    for (let number = 0; number < count; number++) socket.emit('number', number);
  });
  socket.on('leave', () => {
    socket.conn.close();
  });
  socket.emit('hello', socket.conn.transport.name, socket.handshake.headers['x-own']);
});

const watch = watchRequests();
t.teardown(takeGlobalsAway);
// Not before: it looks for the class when it is loaded.
const { io, XHR } = await import('socket.io-client');

/** Waits for an event. */
const event = <T extends readonly unknown[]>(socket: socketIo.Socket, name: string): Promise<T> =>
  new Promise((resolve) =>
    socket.once(name, (...values) => {
      resolve(values as unknown as T);
    }),
  );

const connect = (options: Partial<socketIo.ManagerOptions & socketIo.SocketOptions> = {}): socketIo.Socket =>
  io(url, { transports: [XHR], forceNew: true, reconnectionDelay: 1, reconnectionDelayMax: 1, ...options });

t.test('connects by polling, over our class', async (t) => {
  watch.forget();
  const socket = connect({ extraHeaders: { 'x-own': '1' } });
  t.teardown(() => socket.close());
  t.same(await event(socket, 'hello'), ['polling', '1']);
  t.ok(socket.connected);
  t.not(watch.requests.length, 0);
});

t.test('sends and receives values and bytes', async (t) => {
  const socket = connect();
  t.teardown(() => socket.close());
  const values = ['aé€😀', { a: [1, null] }, Buffer.from([0, 255]), 'x'.repeat(500_000)];
  t.same(await socket.emitWithAck('echo', ...values), values);
});

t.test('receives events in their order', async (t) => {
  const socket = connect();
  t.teardown(() => socket.close());
  const numbers: number[] = [];
  socket.on('number', (number: number) => numbers.push(number));
  socket.emit('count', 500);
  await socket.emitWithAck('echo');
  t.same(
    numbers,
    Array.from({ length: 500 }, (_, number) => number),
  );
});

t.test('connects again when the connection is lost', async (t) => {
  const socket = connect();
  t.teardown(() => socket.close());
  await event(socket, 'connect');
  const { id } = socket;
  socket.emit('leave');
  const [reason] = await event(socket, 'disconnect');
  t.match(reason, /^transport (?:close|error)$/);
  await event(socket, 'connect');
  t.not(socket.id, id);
  t.same(await socket.emitWithAck('echo', 1), [1]);
});

t.test('tells a connection that is refused', async (t) => {
  const other = await clientServer();
  t.teardown(() => other.close());
  const socket = io(await other.refused(), { transports: [XHR], reconnection: false });
  t.teardown(() => socket.close());
  const [error] = await event(socket, 'connect_error');
  t.match(error, { name: 'Error', message: 'xhr poll error' });
});

t.test('its bundle for browsers works as well', async (t) => {
  watch.forget();
  const bundle = createRequire(import.meta.url)('socket.io-client/dist/socket.io.js') as typeof socketIo;
  const socket = bundle.io(url, { transports: ['polling'] });
  t.teardown(() => socket.close());
  t.same(await socket.emitWithAck('echo', 'é', [1]), ['é', [1]]);
  t.not(watch.requests.length, 0);
});

t.test('lets the process end', async (t) => {
  const { stdout, stderr, exitCode } = await runClientProgram('socketIo', url);
  t.equal(stdout, '["é"]\n', stderr);
  t.equal(exitCode, 0);
});
