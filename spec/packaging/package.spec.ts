import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import t from 'tap';
import { root, runNode } from './runNode.js';

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  exports: Record<string, unknown>;
};
const entries = [
  'readystream',
  'readystream/node',
  'readystream/xml',
  'readystream/ajax',
  'readystream/xmlhttprequest',
];

/** What the code prints that runs beside the built package, in a process of its own. */
async function output(type: 'module' | 'commonjs', code: string): Promise<string> {
  const { stdout, stderr } = await runNode(`--input-type=${type}`, '--eval', code);
  return stdout + stderr;
}

t.test('the package is built', (t) => {
  t.ok(existsSync(`${root}dist/index.js`), 'npm test builds it first');
  t.end();
});

t.test('importing any entry prints nothing and changes no global', async (t) => {
  for (const entry of entries) {
    const code = `
      const before = Object.getOwnPropertyNames(globalThis).join();
      await import('${entry}');
      const after = Object.getOwnPropertyNames(globalThis).join();
      if (before !== after) console.log('globals changed');`;
    t.equal(await output('module', code), '', entry);
  }
});

t.test('Node loads the package with require() too, and gets the same classes', async (t) => {
  const code = `
    const { HeaderMap, request, text } = require('readystream');
    const { elements } = require('readystream/xml');
    const { nodeAdapter } = require('readystream/node');
    require('readystream/xmlhttprequest/register');
    if (XMLHttpRequest !== require('readystream/xmlhttprequest').XMLHttpRequest) console.log('two classes');
    import('readystream').then((imported) => {
      if (imported.HeaderMap !== HeaderMap) console.log('two classes');
      request('data:,hello').pipe(text()).subscribe((value) => console.log(value, typeof elements, typeof nodeAdapter));
    });`;
  t.equal(await output('commonjs', code), 'hello function function\n');
});

t.test('classes and functions have the names that they are exported by', async (t) => {
  const code = `
    for (const entry of ${JSON.stringify([...entries, './dist/index.js', './dist/xml.js'])}) {
      for (const [name, value] of Object.entries(await import(entry))) {
        if (typeof value === 'function' && value.name !== name && value.name !== '') console.log(entry, name, value.name);
      }
    }`;
  t.equal(await output('module', code), '');
});

t.test('a class is one class, through whichever entry its objects come', async (t) => {
  const code = `
    import { HeaderMap, LimitError, NetworkError, request, text, XmlError } from 'readystream';
    import { nodeAdapter } from 'readystream/node';
    import { elements } from 'readystream/xml';
    const fail = (stream) => new Promise((resolve) => stream.subscribe({ error: resolve, complete: () => resolve() }));
    const malformed = await fail(request('data:text/xml,<a><b></a>').pipe(elements('b')));
    const refused = await fail(request('ftp://127.0.0.1/', { adapter: nodeAdapter() }).pipe(text()));
    const large = await fail(request('data:text/xml,<a/>', { limits: { bufferedBytes: 1 } }).pipe(text()));
    let headers;
    request('data:,', { adapter: nodeAdapter() }).subscribe((event) => (headers = event.response?.headers));
    await fail(request('data:,').pipe(text()));
    console.log(malformed instanceof XmlError, refused instanceof NetworkError, large instanceof LimitError, headers instanceof HeaderMap);`;
  t.equal(await output('module', code), 'true true true true\n');
});

t.test('XMLHttpRequest works as it is built, its thread included, and without rxjs', async (t) => {
  const code = `
    import { NetworkError } from 'readystream';
    import { XMLHttpRequest } from 'readystream/xmlhttprequest';
    const xhr = new XMLHttpRequest();
    xhr.open('GET', 'data:text/xml,<a/>', false);
    xhr.send();
    console.log(xhr.responseXML.documentElement.nodeName);
    xhr.open('GET', 'ftp://127.0.0.1/');
    xhr.onerror = ({ error }) => console.log(error instanceof NetworkError);
    xhr.send();`;
  t.equal(await output('module', code), 'a\ntrue\n');
});

t.test('what speaks FTP is loaded when it is needed', async (t) => {
  const code = `
    for (const entry of ${JSON.stringify(entries)}) require(entry);
    console.log(Object.keys(require.cache).join());`;
  const loaded = await output('commonjs', code);
  t.match(loaded, /undici/);
  t.notMatch(loaded, /basic-ftp/);
});

t.test('every file that exports names is there, declarations included', (t) => {
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target as Record<string, string>),
  );
  for (const target of targets.filter((path) => path.endsWith('.js'))) {
    t.ok(existsSync(root + target), target);
    t.ok(existsSync(root + target.replace(/\.js$/, '.d.ts')), `${target}: declarations`);
  }
  t.end();
});

t.test('publint and attw find nothing wrong', async (t) => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'check:package'], { cwd: root });
  t.match(stdout, /All good!/);
});
