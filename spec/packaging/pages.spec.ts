import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import t from 'tap';
import { findChromium } from '../browser/findChromium.js';
import { launchChromium } from '../browser/launchChromium.js';
import { testServer } from '../helpers/testServer.js';
import { root } from './runNode.js';

const read = (file: string): string => readFileSync(root + file, 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<'unpkg' | 'jsdelivr', string>;

/** Asks for the second half of the feed when it has the first record, so that only a stream gets to the end. */
const script = `
  globalThis.seen = new Promise((resolve) => {
    const texts = [];
    request('/feed').pipe(elements('item'), map((item) => item.text())).subscribe({
      next: (text) => { if (texts.push(text) === 1) fetch('/second-half'); },
      error: (error) => resolve({ texts, isXmlError: error instanceof XmlError, message: error.message }),
      complete: () => resolve({ texts }),
    });
  });`;
const pages: Record<string, string> = {
  'a script, with rxjs as a global beside it': `
    <script src="/rxjs.umd.js"></script>
    <script src="${manifest.unpkg.replace('./dist', '')}"></script>
    <script>
      const { request, elements, XmlError } = readystream;
      const { map } = rxjs;
      ${script}
    </script>`,
  'a module, by an import map': `
    <script type="importmap">
      { "imports": { "rxjs": "/rxjs.js", "readystream": "/readystream.js", "readystream/xml": "/readystream.js" } }
    </script>
    <script type="module">
      import { map } from 'rxjs';
      import { request, XmlError } from 'readystream';
      import { elements } from 'readystream/xml';
      ${script}
    </script>`,
};

const executable = findChromium();
const skip =
  executable === undefined && 'no Chromium found: install it (apt-get install chromium) or set CHROMIUM_PATH';

t.test('in Chromium, a page without a bundler', { skip }, async (t) => {
  const server = await testServer();
  const browser = await launchChromium(executable ?? '');
  t.teardown(async () => {
    await browser.close();
    await server.close();
  });
  const rxjs = await build({
    stdin: { contents: `export * from 'rxjs'`, resolveDir: root },
    bundle: true,
    format: 'esm',
    write: false,
  });
  const scripts: Record<string, string> = {
    '/rxjs.umd.js': read('node_modules/rxjs/dist/bundles/rxjs.umd.js'),
    '/rxjs.js': rxjs.outputFiles[0]?.text ?? '',
    '/readystream.umd.js': read('dist/readystream.umd.js'),
    '/readystream.js': read('dist/readystream.js'),
  };
  for (const [path, code] of Object.entries(scripts)) {
    server.routes.set(path, (_, response) => {
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(code);
    });
  }
  let sendSecondHalf = (): void => undefined;
  server.routes.set('/feed', (_, response) => {
    response.setHeader('content-type', 'text/xml').write('<feed><item>Tea</item>');
    sendSecondHalf = () => response.end('<item>Coffee</item>\n</wrong>');
  });
  server.routes.set('/second-half', (_, response) => {
    sendSecondHalf();
    response.end();
  });
  for (const [name, html] of Object.entries(pages)) {
    await t.test(`streams a feed into records as ${name}`, async (t) => {
      server.routes.set('/page', (_, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html>${html}`);
      });
      const page = await browser.newPage();
      const uncaught: Error[] = [];
      page.on('pageerror', (error) => uncaught.push(error));
      await page.goto(`${server.origin}/page`);
      const seen = await page.evaluate(() => (globalThis as unknown as { seen: Promise<unknown> }).seen);
      t.match(seen, { texts: ['Tea', 'Coffee'], isXmlError: true, message: /line 2, column 1/ });
      t.strictSame(uncaught, []);
    });
  }
});

t.test('is named to the content delivery networks, and brings the licences of what is in it', (t) => {
  t.equal(manifest.unpkg, './dist/readystream.umd.js');
  t.equal(manifest.jsdelivr, manifest.unpkg);
  const licenses = read('dist/readystream.licenses.txt');
  for (const file of ['readystream.umd.js', 'readystream.js']) {
    const code = read(`dist/${file}`);
    t.match(code, /^\/\*! readystream [\d.]+, MIT/);
    const { sources } = JSON.parse(read(`dist/${file}.map`)) as { sources: string[] };
    const packages = sources.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    t.ok(packages.includes('saxes'));
    for (const name of packages) t.match(licenses, new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
    const size = gzipSync(code).length;
    t.ok(size <= 59_000, `${file}: ${size} bytes gzipped, at most 59 kB`);
  }
  t.end();
});
