import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type TestServer, testServer } from '../helpers/testServer.js';
import { launchChromium } from './launchChromium.js';

/** A page in a browser that holds the cases of `page.ts`, served by the test server. */
export interface BrowserHarness {
  readonly server: TestServer;
  /** The names of the cases, in their order. */
  readonly names: readonly string[];
  /** Runs one case; rejects with its error. */
  run(name: string): Promise<void>;
  /** What the page threw and nobody caught. */
  readonly uncaught: readonly Error[];
  close(): Promise<void>;
}

/** Opens the page in the browser at `executablePath`. */
export async function openHarness(executablePath: string): Promise<BrowserHarness> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./page.js', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['browser'],
    target: 'es2022',
    sourcemap: 'inline',
    write: false,
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  const server = await testServer();
  server.routes.set('/', (_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>cases</title><script type="module" src="/page.js"></script>');
  });
  server.routes.set('/page.js', (_, response) => {
    response.setHeader('content-type', 'text/javascript; charset=utf-8');
    response.end(script);
  });
  server.routes.set('/typed', (_, response, query) => {
    response.setHeader('content-type', query.get('type') ?? '');
    response.end(Buffer.from((query.get('bytes') ?? '').split(',').map(Number)));
  });
  const zeros = gzipSync(Buffer.alloc(2 ** 22));
  server.routes.set('/bomb', (_, response) => {
    for (let times = 0; times < 17; times += 1) response.write(zeros);
    response.end();
  });
  const seconds = new Map<string, () => void>();
  server.routes.set('/halves', (_, response, query) => {
    response.write(query.get('first'));
    seconds.set(query.get('id') ?? '', () => response.end(query.get('second')));
  });
  server.routes.set('/secondHalf', (_, response, query) => {
    seconds.get(query.get('id') ?? '')?.();
    response.end();
  });
  const browser = await launchChromium(executablePath);
  const page = await browser.newPage();
  const uncaught: Error[] = [];
  page.on('pageerror', (error) => uncaught.push(error));
  await page.goto(`${server.origin}/`);
  await page.waitForFunction(() => 'cases' in globalThis);
  return {
    server,
    uncaught,
    names: await page.evaluate(() => Object.keys((globalThis as unknown as { cases: object }).cases)),
    run: (name) =>
      page.evaluate(async (name) => {
        const { cases } = globalThis as unknown as { cases: Record<string, () => Promise<void>> };
        const run = cases[name];
        if (run === undefined) throw new Error(`there is no case ${name}`);
        await run();
      }, name),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
