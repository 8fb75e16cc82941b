import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as esbuild, transform } from 'esbuild';
import { rollup } from 'rollup';
import t from 'tap';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { root, runNode } from './runNode.js';

const worker = join(root, 'dist/xmlhttprequest.worker.js');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

type Platform = 'browser' | 'node';

/** What stays outside: in Node all dependencies, as servers have it; in a page only what the sizes are to be without. */
const external: Record<Platform, readonly string[]> = {
  browser: ['rxjs'],
  node: ['rxjs', ...Object.keys(manifest.dependencies)],
};
const isExternal = (platform: Platform) => external[platform].map((name) => new RegExp(`^${name}(?:/|$)`));

/** Prints what is true of classes that come through one entry and objects that come through another. */
const checks = `
  const failure = (stream) => new Promise((resolve) => stream.subscribe({ error: resolve }));
  const feed = 'data:text/xml,<feed><item>Tea</item><item>Coffee</item>';
  const items = [];
  const malformed = await failure(request(feed).pipe(elements('item'), tap((item) => items.push(item))));
  const large = await failure(request('data:,large', { limits: { bufferedBytes: 1 } }).pipe(text()));
  const { headers } = await firstValueFrom(request('data:text/xml,<a/>').pipe(head()));
  const facts = {
    items: items.map((item) => item.text()).join(),
    XmlElement: items[0] instanceof XmlElement,
    XmlError: malformed instanceof XmlError && isXmlError(malformed),
    LimitError: large instanceof LimitError,
    HeaderMap: headers instanceof HeaderMap,
  };`;
const imports = `
  import { firstValueFrom, tap } from 'rxjs';
  import { createRequest, fetchAdapter, head, HeaderMap, isXmlError, LimitError, NetworkError, text, XmlError } from 'readystream';
  import { elements, XmlElement } from 'readystream/xml';`;
const apps: Record<Platform, string> = {
  browser: `${imports}
    const request = createRequest({ adapter: fetchAdapter() });
    ${checks}
    console.log(JSON.stringify(facts));`,
  node: `${imports}
    import { nodeAdapter } from 'readystream/node';
    import { XMLHttpRequest } from 'readystream/xmlhttprequest';
    const request = createRequest({ adapter: nodeAdapter() });
    ${checks}
    const refused = await failure(request('ftp://127.0.0.1/').pipe(text()));
    const xhr = new XMLHttpRequest();
    xhr.open('GET', 'ftp://127.0.0.1/');
    const { error } = await new Promise((resolve) => {
      xhr.onerror = resolve;
      xhr.send();
    });
    xhr.open('GET', 'data:,synchronous', false);
    xhr.send();
    console.log(JSON.stringify({
      ...facts,
      NetworkError: refused instanceof NetworkError && error instanceof NetworkError,
      thread: xhr.responseText,
    }));`,
};
const facts = { items: 'Tea,Coffee', XmlElement: true, XmlError: true, LimitError: true, HeaderMap: true };
const expected: Record<Platform, object> = {
  browser: facts,
  node: { ...facts, NetworkError: true, thread: 'synchronous' },
};

/** Bundlers as their users set them up: each writes `app.js` to the folder, and beside it what that needs. */
const bundlers: Record<string, (app: string, folder: string, platform: Platform) => Promise<unknown>> = {
  esbuild: (app, folder, platform) =>
    esbuild({
      entryPoints: platform === 'node' ? [app, worker] : [app],
      outdir: folder,
      entryNames: '[name]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform,
      external: [...external[platform]],
      logLevel: 'warning',
    }),
  async rollup(app, folder, platform) {
    const bundle = await rollup({
      input: platform === 'node' ? [app, worker] : app,
      external: [...isExternal(platform), /^node:/],
      plugins: [nodeResolve({ browser: platform === 'browser', exportConditions: [platform] }), commonjs()],
      onwarn({ message }) {
        throw new Error(message);
      },
    });
    await bundle.write({ dir: folder });
  },
  vite: (app, folder, platform) =>
    vite({
      configFile: false,
      root: folder,
      logLevel: 'warn',
      ssr: { noExternal: platform === 'node' ? ['readystream'] : true },
      build: {
        ssr: platform === 'node',
        outDir: folder,
        emptyOutDir: false,
        minify: false,
        rolldownOptions: {
          input: platform === 'node' ? [app, worker] : app,
          external: isExternal(platform),
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    }),
  webpack: (app, folder, platform) =>
    new Promise<void>((resolve, reject) => {
      webpack(
        {
          mode: 'production',
          devtool: false,
          target: platform === 'node' ? 'node20' : ['web', 'es2022'],
          entry: { app },
          externals: isExternal(platform),
          externalsType: 'module',
          experiments: { outputModule: true },
          // What is unused goes only with its minifier, which takes its time.
          optimization: { minimize: platform === 'browser' },
          output: { path: folder, filename: '[name].js', module: true, library: { type: 'module' } },
        },
        (error, stats) => {
          if (error) reject(error);
          else if (stats?.hasErrors() || stats?.hasWarnings())
            reject(new Error(stats.toString('errors-warnings')));
          else resolve();
        },
      );
    }),
};

for (const [name, bundle] of Object.entries(bundlers)) {
  for (const platform of ['browser', 'node'] as const) {
    t.test(`${name} for ${platform}: a class is one class, and the bundle runs`, async (t) => {
      const folder = t.testdir({ 'app.mjs': apps[platform], out: { 'package.json': '{"type":"module"}' } });
      const out = join(folder, 'out');
      await bundle(join(folder, 'app.mjs'), out, platform);
      const { stdout, stderr } = await runNode(join(out, 'app.js'));
      t.equal(stderr, '');
      t.same(JSON.parse(stdout), expected[platform]);
      const code = readdirSync(out)
        .filter((file) => file.endsWith('.js'))
        .map((file) => readFileSync(join(out, file), 'utf8'));
      const minified = await Promise.all(code.map((code) => transform(code, { minify: true })));
      const size = minified.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
      t.comment(
        `${name} for ${platform}: ${size} bytes minified and gzipped, without ${platform === 'browser' ? 'rxjs' : 'packages'}`,
      );
    });
  }
}
