import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t, { type Test } from 'tap';
import { nodeAdapter } from '../../../source/adapters/node.js';
import { file } from '../../../source/node/schemes/file.js';
import { requestFactory } from '../../../source/request/requestFactory.js';
import { createXMLHttpRequest } from '../../../source/xmlhttprequest.js';
import { record } from '../../helpers/record.js';
import { runScheme } from '../../helpers/runScheme.js';

const urlOf = (path: string): string => pathToFileURL(path).href;
const isWindows = process.platform === 'win32' ? 'Windows has no such files' : false;
const isNotLinux = existsSync('/proc/self/status') ? false : 'there is no /proc';

/** A file with this content. */
function fileOf(t: Test, name: string, content: string | Buffer): string {
  const path = join(t.testdir(), name);
  writeFileSync(path, content);
  return path;
}

/** So many named pipes. */
function pipesOf(t: Test, count: number): string[] {
  const folder = t.testdir();
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `pipe${index}`);
    execFileSync('mkfifo', [path]);
    return path;
  });
}

t.test('a file comes whole, with its length', async (t) => {
  for (const size of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
    const content = Buffer.alloc(size, 'abcdefg');
    const { calls, head, headers, body } = await runScheme(file, urlOf(fileOf(t, 'a', content))).ended;
    t.equal(calls, size === 0 ? 'head end' : 'head data end', `${size} bytes`);
    t.match(head, { status: 200, statusText: 'OK', total: size });
    t.same(headers, { 'content-length': String(size) });
    t.ok(body.equals(content));
    const asked = await runScheme(file, urlOf(fileOf(t, 'a', content)), { method: 'HEAD' }).ended;
    t.equal(asked.calls, 'head end');
    t.match(asked.head, { status: 200, total: size });
  }
});

t.test('names are bytes, percent-encoded', async (t) => {
  const folder = t.testdir();
  for (const name of ['50%off.txt', 'a b?c#d.txt', 'é.txt']) {
    writeFileSync(join(folder, name), name);
    t.equal(String((await runScheme(file, urlOf(join(folder, name))).ended).body), name);
  }
  const base = urlOf(`${folder}/`);
  t.equal(String((await runScheme(file, `${base}50%off.txt`).ended).body), '50%off.txt', 'also a bare %');
  const { error } = await runScheme(file, `${base}a%2Fb`).ended;
  t.match(error, { code: 'ERR_NETWORK', phase: 'connect', message: /%2F/ });
  t.match((await runScheme(file, `${base}a%00b`).ended).error, { code: 'ERR_NETWORK' });
  t.match((await runScheme(file, 'file://host/a').ended).error, { code: 'ERR_NETWORK', message: /host/ });
});

t.test('a name that is not UTF-8', { skip: process.platform === 'linux' ? false : 'not here' }, async (t) => {
  const path = Buffer.concat([Buffer.from(`${t.testdir()}/`), Buffer.of(0xe9)]);
  writeFileSync(path, 'latin');
  const { body } = await runScheme(file, `${urlOf(`${t.testdirName}/`)}%E9`).ended;
  t.equal(String(body), 'latin');
});

t.test('a range is answered with its part', async (t) => {
  for (const size of [30, 200_000]) {
    const content = Buffer.from(Array.from({ length: size }, (_, index) => index % 251));
    const url = urlOf(fileOf(t, 'a', content));
    const cases: [range: string, start: number, end: number][] = [
      ['bytes=0-0', 0, 0],
      ['bytes=9-21', 9, 21],
      ['bytes=23-', 23, size - 1],
      ['bytes=-7', size - 7, size - 1],
      ['bytes=5-9999999', 5, size - 1],
      [`bytes=${size - 1}-`, size - 1, size - 1],
    ];
    for (const [range, start, end] of cases) {
      const { head, headers, body } = await runScheme(file, url, { headers: ['Range', range] }).ended;
      t.match(head, { status: 206, statusText: 'Partial Content', total: end + 1 - start }, range);
      t.same(headers, {
        'content-length': String(end + 1 - start),
        'content-range': `bytes ${start}-${end}/${size}`,
      });
      t.ok(body.equals(content.subarray(start, end + 1)), range);
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0', 'bytes=x', 'bytes=0-1,2-3']) {
      const { calls, error } = await runScheme(file, url, { headers: ['range', range] }).ended;
      t.equal(calls, 'error');
      t.match(error, { code: 'ERR_NETWORK', message: /the Range \(.*\) (?:is no|lies outside)/ }, range);
    }
    const head = await runScheme(file, url, { method: 'HEAD', headers: ['range', 'bytes=0-1'] }).ended;
    t.match(head.head, { status: 200, total: size }, 'HEAD asks for all of it');
  }
});

t.test('as many bytes are sent as the file had at first', async (t) => {
  const path = fileOf(t, 'a', Buffer.alloc(300_000));
  let changed = false;
  const grown = await runScheme(file, urlOf(path), {}, (call) => {
    if (call === 'data' && !changed) appendFileSync(path, 'more');
    changed ||= call === 'data';
  }).ended;
  t.equal(grown.calls, 'head data end');
  t.equal(grown.body.length, 300_000);
  const shrunk = await runScheme(file, urlOf(path), {}, (call) => {
    if (call === 'data') truncateSync(path, 100_000);
  }).ended;
  t.equal(shrunk.calls, 'head data error');
  t.match(shrunk.error, { phase: 'body', message: /it shrank: only \d+ of 300004 bytes could be read/ });
});

t.test('pipes without a writer do not delay anything else', { skip: isWindows }, async (t) => {
  const pipes = pipesOf(t, 8);
  const runs = pipes.map((pipe) => runScheme(file, urlOf(pipe)));
  const self = await runScheme(file, import.meta.url).ended;
  t.equal(self.body.length, readFileSync(new URL(import.meta.url)).length);
  for (const run of runs.slice(0, 4)) run.abort();
  for (const [index, run] of runs.entries()) {
    if (index < 4) continue;
    t.notMatch(run.now().calls, /data|end|error/);
    // In two pieces, so that the end is not mistaken for that of the first writer's turn.
    const descriptor = openSync(pipes[index] ?? '', 'w');
    writeFileSync(descriptor, `first ${index} `);
    writeFileSync(descriptor, 'second');
    closeSync(descriptor);
    const { calls, head, body } = await run.ended;
    t.equal(calls, 'head data end');
    t.match(head, { status: 200, total: undefined });
    t.equal(String(body), `first ${index} second`);
  }
});

t.test('a pipe by the adapter and by the class', { skip: isWindows }, async (t) => {
  const [first = '', second = '', third = ''] = pipesOf(t, 3);
  const request = requestFactory(() => nodeAdapter({ schemes: ['file'] }))();
  const byAdapter = record(request(urlOf(first)));
  const Class = createXMLHttpRequest({ schemes: ['file'] });
  const xhr = new Class();
  xhr.open('GET', urlOf(second));
  const byClass = new Promise<string>((resolve) => {
    xhr.onloadend = () => {
      resolve(xhr.responseText);
    };
  });
  xhr.send();
  const timed = record(request(urlOf(third), { timeout: { total: 50 } }));
  t.match((await timed).error, { code: 'ERR_TIMEOUT' }, 'while it waits');
  writeFileSync(first, 'to the adapter');
  writeFileSync(second, 'to the class');
  t.equal((await byAdapter).text, 'to the adapter');
  t.equal(await byClass, 'to the class');
});

t.test('leaves no descriptor open, however it ends', { skip: isNotLinux }, async (t) => {
  const count = (): number => readdirSync('/proc/self/fd').length;
  const [pipe = ''] = pipesOf(t, 1);
  const large = join(t.testdirName, 'large');
  writeFileSync(large, Buffer.alloc(300_000));
  await runScheme(file, import.meta.url).ended;
  const before = count();
  const aborted: Promise<void>[] = [];
  for (let round = 0; round < 20; round++) {
    for (const [path, moment] of [
      [pipe, 'head'],
      [large, 'head'],
      [large, 'data'],
      ['/dev/zero', 'data'],
    ] as const) {
      aborted.push(
        new Promise((resolve) => {
          runScheme(file, urlOf(path), {}, (call, run) => {
            if (call !== moment) return;
            run.abort();
            resolve();
          });
        }),
      );
    }
    runScheme(file, urlOf(large)).abort();
    runScheme(file, urlOf(pipe)).abort();
    await runScheme(file, urlOf(large), { method: 'HEAD' }).ended;
    await runScheme(file, urlOf(t.testdirName)).ended;
  }
  await Promise.all(aborted);
  // Closing takes turns of its own.
  for (let turn = 0; turn < 1_000 && count() > before; turn++) await new Promise(setImmediate);
  t.equal(count(), before);
});

t.test('system files are read whole', { skip: isNotLinux }, async (t) => {
  const { head, body } = await runScheme(file, 'file:///proc/self/status').ended;
  t.match(String(body), /^Name:/, 'although they say that they are empty');
  t.equal(head?.total, body.length);
  const ranged = await runScheme(file, 'file:///proc/version', { headers: ['range', 'bytes=0-4'] }).ended;
  t.equal(String(ranged.body), 'Linux');
  const page = '/sys/kernel/mm/transparent_hugepage/enabled';
  if (existsSync(page)) {
    const { calls, head, body } = await runScheme(file, urlOf(page)).ended;
    t.equal(calls, 'head data end', 'although they say that they are a page long');
    t.equal(head?.total, body.length);
  }
});

t.test('devices are read as long as they have data', { skip: isWindows }, async (t) => {
  t.match(await runScheme(file, 'file:///dev/null').ended, { calls: 'head end', head: { total: undefined } });
  let chunks = 0;
  const zero = runScheme(file, 'file:///dev/zero', {}, (call, run) => {
    if (call === 'data' && ++chunks === 5) run.abort();
  });
  for (let turn = 0; turn < 10_000 && chunks < 5; turn++) await new Promise(setImmediate);
  t.ok(zero.now().body.equals(Buffer.alloc(5 * 65_536)), 'and no further than is wanted');
});

t.test('directories and sockets are errors', { skip: isWindows }, async (t) => {
  const folder = t.testdir();
  mkdirSync(join(folder, 'sub'));
  t.match((await runScheme(file, urlOf(folder)).ended).error, {
    phase: 'connect',
    message: /EISDIR: illegal operation on a directory/,
  });
  const path = join(folder, 's');
  const server = createServer().listen(path);
  t.teardown(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { calls, error } = await runScheme(file, urlOf(path)).ended;
  t.equal(calls, 'error');
  t.match(error, { code: 'ERR_NETWORK', phase: 'connect' });
});

t.test('only GET and HEAD are possible', async (t) => {
  for (const method of ['POST', 'PUT', 'DELETE']) {
    t.match((await runScheme(file, import.meta.url, { method }).ended).error, {
      code: 'ERR_NETWORK',
      message: new RegExp(`only supports GET and HEAD, not ${method}`),
    });
  }
});
