import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { main } from '../../source/cli/main.js';
import { nodePlatform } from '../../source/parsing/xml/nodePlatform.js';
import { bindElementsReader } from '../../source/parsing/xml/readElements.js';
import { recordScanner } from '../../source/parsing/xml/records/readRecords.js';
import { bindXmlPlatform } from '../../source/parsing/xml/xmlPlatform.js';
import { projectFile } from '../helpers/project.js';
import { type CliIo, type OutputFile } from '../../source/cli/CliIo.js';
import { fakeIo, type FakeIo } from './fakeIo.js';

bindXmlPlatform(nodePlatform);
bindElementsReader(recordScanner);

const count = 20_000;
const items = Array.from(
  { length: count },
  (_, index) => `<item id="${index}"><t>${'é'.repeat(index % 90)}</t></item>\n`,
);
const feed = Buffer.from(`<?xml version="1.0"?>\n<r a="&amp;"><c>${items.join('')}</c></r>`);

interface Origin {
  readonly url: string;
  /** What the requests asked for. */
  readonly ranges: (string | undefined)[];
  /** Of the next response so much is sent, and then this is called. */
  pause: { readonly bytes: number; readonly then: (goOn: () => void) => void } | undefined;
  etag: string;
  body: Buffer;
}

/** A server that knows ranges and entity tags. */
async function origin(t: Test): Promise<Origin> {
  const state: Omit<Origin, 'url'> = { ranges: [], pause: undefined, etag: '"1"', body: feed };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { range } = request.headers;
    state.ranges.push(range);
    const { body, etag, pause } = state;
    const isFresh = range !== undefined && request.headers['if-range'] === etag;
    const from = isFresh ? Number(/\d+/.exec(range)?.[0]) : 0;
    response.on('error', () => undefined);
    response.writeHead(isFresh ? 206 : 200, {
      ...(etag !== '' && { etag }),
      'content-type': 'application/xml',
      ...(isFresh && { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` }),
    });
    state.pause = undefined;
    const rest = body.subarray(from);
    if (pause === undefined) response.end(rest);
    else
      response.write(rest.subarray(0, pause.bytes), () => {
        pause.then(() => response.end(rest.subarray(pause.bytes)));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed` });
}

const ask = ['-s', 'item', '-f', 'id=@id,t'];
const expected = items
  .map((_, index) => `${JSON.stringify({ id: String(index), t: 'é'.repeat(index % 90) })}\n`)
  .join('');

/** A process whose standard output is a file that is kept in memory. */
function fileIo(onWrite?: (text: string) => void): FakeIo & { readonly kept: { text: string } } {
  const io = fakeIo();
  const kept = { text: '' };
  const file: OutputFile = {
    size: () => Buffer.byteLength(kept.text),
    truncate(size) {
      kept.text = Buffer.from(kept.text).subarray(0, size).toString();
    },
    sync: () => undefined,
  };
  const stdout: CliIo['stdout'] = {
    isTerminal: false,
    columns: undefined,
    file,
    write(piece) {
      kept.text += Buffer.from(piece).toString();
      onWrite?.(kept.text);
    },
  };
  return { ...io, stdout: Object.assign(io.stdout, stdout), kept };
}

t.test(
  'goes on where the last run stood, and takes back what was written behind the checkpoint',
  async (t) => {
    const server = await origin(t);
    const path = join(t.testdir(), 'feed.checkpoint');
    const io = fileIo();
    const run = (...more: string[]): Promise<number> =>
      main([server.url, ...ask, '--checkpoint', path, ...more], io);
    t.equal(await run('--limit', '7'), 0);
    t.equal(io.kept.text.split('\n').length, 8);
    io.kept.text += '{"id":"7","t":"';
    t.equal(await run('--limit', '7'), 0, 'all that were asked for are out');
    t.equal(await run(), 0);
    t.equal(io.kept.text, expected);
    t.equal(server.ranges.length, 2);
    t.match(server.ranges[1], /^bytes=\d+-$/);
    t.equal(await run(), 0, 'started again behind the end');
    t.equal(io.kept.text, expected);
    t.equal(io.stderr.text, '');
  },
);

t.test('starts again where it was killed before the first checkpoint', async (t) => {
  const server = await origin(t);
  const path = join(t.testdir(), 'feed.checkpoint');
  const io = fileIo();
  io.kept.text = 'before\n';
  server.etag = 'W/"1"';
  t.equal(await main([server.url, ...ask, '--checkpoint', path], io), 2);
  t.match(io.stderr.text, /--checkpoint: There is no checkpoint here: the response has no strong validator/);
  t.equal(io.kept.text, 'before\n', 'nothing is printed before that is known');
  io.kept.text += '{"id":"0"';
  server.etag = '"1"';
  t.equal(await main([server.url, ...ask, '--checkpoint', path], io), 0);
  t.equal(io.kept.text, `before\n${expected}`);
});

t.test('says why it cannot go on, before it prints', async (t) => {
  const server = await origin(t);
  const path = join(t.testdir(), 'feed.checkpoint');
  const io = fileIo();
  await main([server.url, ...ask, '--checkpoint', path, '--limit', '3'], io);
  const before = io.kept.text;
  const refused = async (exitCode: number, message: RegExp, ...args: string[]): Promise<void> => {
    const other = fileIo();
    other.kept.text = before;
    t.equal(await main(args, other), exitCode, message.source);
    t.match(other.stderr.text, message);
    t.equal(other.kept.text, before);
  };
  const again = [server.url, ...ask, '--checkpoint', path];
  server.etag = '"2"';
  await refused(
    1,
    /cannot go on from the checkpoint: the document has changed since.*\n.*remove the file/,
    ...again,
  );
  server.etag = '"1"';
  await refused(2, /is of another command/, server.url, '-s', 'item', '--checkpoint', path);
  await refused(2, /about selected elements/, server.url, '--checkpoint', path);
  await refused(2, /cannot go on in --format table/, ...again, '-F', 'table');
  await refused(2, /is for GET/, ...again, '-d', 'x');
  const short = fileIo();
  t.equal(await main(again, short), 2);
  t.match(short.stderr.text, /shorter than it was \(0 bytes, not \d+\): append to it with >>/);
  writeFileSync(path, 'junk');
  await refused(2, /not a file that --checkpoint has written/, ...again);
});

t.test('killed at any moment and started again, it prints each record once', async (t) => {
  const server = await origin(t);
  const folder = t.testdir();
  const path = join(folder, 'feed.checkpoint');
  const out = join(folder, 'out.ndjson');
  writeFileSync(out, '');
  let seed = 20_261_128;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const start = async (kill: 'at once' | 'behind a checkpoint' | 'never'): Promise<void> => {
    const descriptor = openSync(out, 'a');
    const child = spawn(
      process.execPath,
      [projectFile('out/source/cli.js'), server.url, ...ask, '--checkpoint', path],
      {
        env: { ...process.env, NODE_OPTIONS: '' },
        stdio: ['ignore', descriptor, 'inherit'],
      },
    );
    closeSync(descriptor);
    t.teardown(() => child.kill('SIGKILL'));
    const ended = new Promise<string>((resolve) => {
      child.on('close', (exitCode, signal) => {
        resolve(String(exitCode ?? signal));
      });
    });
    if (kill !== 'never') {
      const then = (goOn: () => void): void => {
        if (kill === 'at once') {
          child.kill('SIGKILL');
          return;
        }
        const watcher = watch(folder, (_, name) => {
          if (name !== 'feed.checkpoint' || !readFileSync(path, 'utf8').includes('"checkpoint"')) return;
          watcher.close();
          goOn();
          child.kill('SIGKILL');
        });
      };
      server.pause = { bytes: 100_000 + random(300_000), then };
    }
    t.equal(await ended, kill === 'never' ? '0' : 'SIGKILL', kill);
  };
  for (const kill of [
    'at once',
    'behind a checkpoint',
    'behind a checkpoint',
    'at once',
    'behind a checkpoint',
  ] as const)
    await start(kill);
  await start('never');
  t.equal(readFileSync(out, 'utf8') === expected, true, 'the whole output is that of one run');
  t.ok(server.ranges.filter((range) => range !== undefined).length >= 3, 'it went on');
});
