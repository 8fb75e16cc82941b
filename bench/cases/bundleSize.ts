import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type BenchCase } from '../harness/BenchCase.js';
import { type Row } from '../harness/Row.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What only Node needs, and would outweigh all the rest. */
const unwanted = /node_modules\/(undici|whatwg-url|slimdom)\//;

async function measureBundle(figure: string, code: string, bound: number): Promise<Row[]> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: ['rxjs'],
    write: false,
    // Bare imports that the package's build leaves behind are dropped with a warning, which is as it should be.
    logLevel: 'error',
    metafile: true,
  });
  const [minified, gzipped] = outputFiles.reduce(
    ([plain, zipped], { contents }) => [
      plain + contents.length,
      zipped + gzipSync(contents, { level: 9 }).length,
    ],
    [0, 0],
  );
  const found = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => unwanted.exec(path)?.[1] ?? []);
  const packages = [...new Set(found)];
  return [
    {
      figure: `gzipped: ${figure}`,
      ours: `${(gzipped / 1000).toFixed(2)} kB`,
      peer: `minified ${(minified / 1000).toFixed(2)} kB`,
      target: `≤ ${bound / 1000} kB`,
      met: gzipped <= bound,
    },
    {
      figure: 'undici, whatwg-url, slimdom',
      ours: packages.length === 0 ? 'none' : packages.join(', '),
      target: 'none',
      met: packages.length === 0,
    },
  ];
}

/** What a browser loads, without rxjs. */
export const bundleSize: BenchCase = {
  name: 'bundle',
  title: 'browser bundle, minified and gzipped, without rxjs',
  run: async () => [
    ...(await measureBundle('request, text', `export { request, text } from 'readystream';`, 5000)),
    ...(await measureBundle(
      'request, elements',
      `export { request } from 'readystream'; export { elements } from 'readystream/xml';`,
      20_000,
    )),
  ],
};
