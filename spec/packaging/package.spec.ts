import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import t from 'tap';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** What the code prints that runs beside the built package, in a process of its own. */
async function output(type: 'module' | 'commonjs', code: string): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [`--input-type=${type}`, '--eval', code], {
    cwd: root,
  });
  return stdout + stderr;
}

/** Bytes of a browser's bundle of this code, minified and gzipped, without rxjs; and the files it is made of. */
async function bundle(code: string): Promise<{ size: number; inputs: string[] }> {
  const result = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: ['rxjs'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const [file] = result.outputFiles;
  return { size: gzipSync(file?.contents ?? '').length, inputs: Object.keys(result.metafile.inputs) };
}

t.test('the package is built', (t) => {
  t.ok(existsSync(`${root}dist/index.js`), 'npm test builds it first');
  t.end();
});

t.test('importing any entry prints nothing and changes no global', async (t) => {
  for (const entry of ['readystream', 'readystream/node', 'readystream/xml', 'readystream/xmlhttprequest']) {
    const code = `
      const before = Object.getOwnPropertyNames(globalThis).join();
      await import('${entry}');
      const after = Object.getOwnPropertyNames(globalThis).join();
      if (before !== after) console.log('globals changed');`;
    t.equal(await output('module', code), '', entry);
  }
});

t.test('Node loads the package with require() too', async (t) => {
  const code = `
    const { request, text } = require('readystream');
    const { elements } = require('readystream/xml');
    const { nodeAdapter } = require('readystream/node');
    require('readystream/xmlhttprequest/register');
    if (XMLHttpRequest !== require('readystream/xmlhttprequest').XMLHttpRequest) console.log('two classes');
    request('data:,hello').pipe(text()).subscribe((value) => console.log(value, typeof elements, typeof nodeAdapter));`;
  t.equal(await output('commonjs', code), 'hello function function\n');
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
  const files = await run(
    process.execPath,
    [
      '--input-type=commonjs',
      '--eval',
      `require('readystream/xmlhttprequest'); console.log(Object.keys(require.cache).join())`,
    ],
    { cwd: root },
  );
  t.match(files.stdout, /undici/);
  t.notMatch(files.stdout, /rxjs/);
});

t.test('a browser gets its own XMLHttpRequest, and nothing of ours', async (t) => {
  const { size, inputs } = await bundle(`export * from 'readystream/xmlhttprequest'`);
  t.match(
    inputs.find((input) => input.startsWith('dist/')),
    'xmlhttprequest.browser.js',
  );
  t.ok(size < 500, `${size} bytes`);
});

t.test("a browser's bundle stays small, and nothing of Node's gets in", async (t) => {
  const lean = await bundle(`export { request, text } from 'readystream'`);
  // The targets are 5 and 20 kB (docs/architecture.md, at its end): what has been reached must not be lost.
  t.ok(lean.size <= 7.2 * 1024, `request and text: ${lean.size} bytes, at most 7.2 kB`);
  const feed = await bundle(
    `export { request } from 'readystream'; export { elements } from 'readystream/xml'`,
  );
  t.ok(feed.size <= 32.5 * 1024, `with elements: ${feed.size} bytes, at most 32.5 kB`);
  const all = await bundle(`export * from 'readystream'; export * from 'readystream/xml'`);
  for (const { inputs } of [lean, feed, all]) {
    t.notOk(
      inputs.find((input) =>
        /undici|whatwg-url|slimdom|cli-progress|node_modules\/entities|core\.node/.test(input),
      ),
    );
  }
  t.notOk(lean.inputs.find((input) => /saxes|css-what/.test(input)));
});

t.test('every file that exports names is there, declarations included', (t) => {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    exports: Record<string, unknown>;
  };
  const targets = Object.values(manifest.exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target as Record<string, string>),
  );
  for (const target of targets.filter((path) => path.endsWith('.js'))) {
    t.ok(existsSync(root + target), target);
    t.ok(existsSync(root + target.replace(/\.js$/, '.d.ts')), `${target}: declarations`);
  }
  t.ok(readdirSync(`${root}dist`).includes('cli.js'));
  t.end();
});

t.test('publint and attw find nothing wrong', async (t) => {
  const { stdout } = await run('npm', ['run', '--silent', 'check:package'], { cwd: root });
  t.match(stdout, /All good!/);
});
