import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { type Readable } from 'node:stream';
import t from 'tap';
import { projectFile } from '../helpers/project.js';
import { feedServer } from './feedServer.js';

const server = await feedServer();
t.teardown(() => server.close());

interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves with what standard output has given, once it holds this. */
  readonly until: (text: string) => Promise<string>;
  /** Resolves once the process has ended. */
  readonly ended: Promise<{ exitCode: number | null; out: string; err: string }>;
}

/** Starts the command as a user would, its source in the place of the build. */
function start(...args: string[]): Running {
  const child = spawn(process.execPath, [projectFile('out/source/cli.js'), ...args], {
    cwd: projectFile(''),
    // What loads the specs is not to be loaded into the command.
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    out += piece;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
  let hasEnded = false;
  const ended = new Promise<{ exitCode: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (exitCode) => {
      hasEnded = true;
      resolve({ exitCode, out, err });
      for (const look of waiting) look();
    });
  });
  const until = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (out.includes(text)) resolve(out);
        else if (hasEnded) reject(new Error(`it ended without '${text}': ${out}${err}`));
        else return;
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  t.teardown(() => child.kill('SIGKILL'));
  return { child, until, ended };
}

t.test('prints a record before the server has sent the next', async (t) => {
  const { until, ended } = start(`${server.origin}/held`, '--select', 'b');
  t.equal(await until('"2"'), '{"#text":"1"}\n{"#text":"2"}\n');
  server.release();
  t.same(await ended, { exitCode: 0, out: '{"#text":"1"}\n{"#text":"2"}\n{"#text":"3"}\n', err: '' });
});

t.test('ends quietly, and closes the connection, when its reader has had enough', async (t) => {
  const { child, until, ended } = start(`${server.origin}/endless`, '--select', 'b', '--format', 'text');
  await until('an item');
  child.stdout.destroy();
  t.match(await ended, { exitCode: 0, err: '' });
  t.equal(await server.closed('/endless'), 'broken');
});

t.test('ends quietly where its reader has gone while rows wait for their layout', async (t) => {
  const { child, ended } = start(`${server.origin}/longRow`, '--select', 'b', '--format', 'table');
  child.stdout.destroy();
  t.match(await ended, { exitCode: 0, err: '' });
  t.equal(await server.closed('/longRow'), 'broken');
});

t.test('keeps its exit code where nobody reads its notes', async (t) => {
  const commands = [
    { args: [`${server.origin}/missing`], exitCode: 5 },
    { args: ['--what'], exitCode: 2 },
    { args: [`${server.origin}/malformed`, '-s', 'b'], exitCode: 6 },
    { args: [`${server.origin}/feed`, '-s', 'item', '--progress'], exitCode: 0 },
  ];
  for (const { args, exitCode } of commands) {
    const { child, ended } = start(...args);
    child.stderr.destroy();
    t.match(await ended, { exitCode }, args.join(' '));
  }
});

t.test('Ctrl-C stops the request with exit code 130', async (t) => {
  const { child, until, ended } = start(`${server.origin}/held?signal`, '--select', 'b');
  await until('"2"');
  child.kill('SIGINT');
  t.match(await ended, { exitCode: 130, err: 'readystream: stopped after 2 records\n' });
  t.equal(await server.closed('/held?signal'), 'broken');
});

t.test('a reader that stands still holds the server back, and Ctrl-C still works', async (t) => {
  const { child, until, ended } = start(
    `${server.origin}/endless?still`,
    '--select',
    'b',
    '--format',
    'text',
  );
  await until('an item');
  child.stdout.pause();
  // Until everything on the way is full.
  await server.blocked('/endless?still');
  child.kill('SIGINT');
  child.stdout.resume();
  const { exitCode } = await ended;
  // Where no listener can run, the system ends the process, and a shell reports 130 all the same.
  t.ok(exitCode === 130 || child.signalCode === 'SIGINT', `${exitCode} ${child.signalCode}`);
  t.equal(await server.closed('/endless?still'), 'broken');
});

t.test('failures have an exit code, a message and no stack', async (t) => {
  const [malformed, usage, missing, file] = await Promise.all([
    start(`${server.origin}/malformed`, '--select', 'b').ended,
    start('--what').ended,
    start(`${server.origin}/missing`, '--select', 'b').ended,
    start('package.json').ended,
  ]);
  t.match(malformed, { exitCode: 6, err: /line 3, column 5/ });
  t.match(usage, { exitCode: 2, err: /no option --what/ });
  t.match(missing, { exitCode: 5, err: /404/ });
  t.match(file, { exitCode: 2, err: /--allow-file/ });
  for (const { err } of [malformed, usage, missing, file]) t.notMatch(err, /^ {4}at /m);
});

t.test("knows the package's version, and HTML's entities", async (t) => {
  const [version, entities] = await Promise.all([
    start('--version').ended,
    start('data:text/xml,<a>&eacute;</a>', '-s', 'a', '-F', 'text', '--entities', 'html').ended,
  ]);
  t.match(version, { exitCode: 0, out: /^\d+\.\d+\.\d+\S*\n$/ });
  t.same(entities, { exitCode: 0, out: 'é\n', err: '' });
});

t.test('without arguments shows the demo', async (t) => {
  const { exitCode, out, err } = await start().ended;
  t.equal(exitCode, 0);
  t.match(out, /A feed of 50,000 products[^]*P-00010[^]*readystream --help\n$/);
  t.match(
    err,
    /^50,000 records in .*, the first after .*\n.*MB \(.* on the wire\), .*\/s, peak memory .* MB\n/m,
  );
});
