/**
 * Transpiles `source/`, `spec/` and `bench/` to `out/`, file by file: what the tests and the bench run.
 *
 * Only what has changed is transpiled, and what has lost its source is removed. Types are not checked; `npm run types` does.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));
const out = join(root, 'out');
const folders = ['source', 'spec', 'bench'];
/** Files that bear on all outputs: when one of them has changed, everything is transpiled anew. */
const rules = ['scripts/transpile.js', 'package.json', 'package-lock.json'];
const stamp = join(out, 'stamp.txt');

/** The file that is made of a source: `out/spec/a.spec.js` of `spec/a.spec.ts`. */
export function outputOf(/** @type {string} */ source) {
  return join(out, relative(root, source)).replace(/\.ts$/, '.js');
}

/** Brings `out/` up to date. */
export async function transpile() {
  const sources = folders.flatMap((folder) => filesIn(join(root, folder), /(?<!\.d)\.ts$/));
  const outputs = new Set(sources.map(outputOf));
  for (const file of folders.flatMap((folder) => filesIn(join(out, folder), /\.js$/))) {
    if (!outputs.has(file)) for (const gone of [file, `${file}.map`]) rmSync(gone);
  }

  const times = rules.map((file) => timeOf(join(root, file))).join();
  const areRulesOld = timeOf(stamp) !== undefined && readFileSync(stamp, 'utf8') === times;
  // An output has the time of its source, so that a source is noticed, too, that has become an older one.
  const changed = areRulesOld ? sources.filter((file) => timeOf(file) !== timeOf(outputOf(file))) : sources;
  if (changed.length > 0) await write(changed);
  if (areRulesOld) return;
  replace(join(out, 'package.json'), JSON.stringify(packageOfSources(), null, 2));
  replace(stamp, times);
}

async function write(/** @type {readonly string[]} */ sources) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [...sources],
    outbase: root,
    outdir: out,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // So that an import of types alone is no reason to load the file that it names.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    write: false,
  });
  const contents = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  for (const source of sources) {
    const output = outputOf(source);
    replace(`${output}.map`, contents.get(`${output}.map`) ?? '');
    replace(output, contents.get(output) ?? '', timeOf(source));
  }
}

/** Our package as modules in `out/` see it: its entries are the transpiled sources in the place of `dist/`. */
function packageOfSources() {
  const { name, version, type, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const inSource = JSON.stringify(exports).replaceAll('"./dist/', '"./source/');
  return { name, version, type, exports: JSON.parse(inSource) };
}

/** Writes a file in one step, since another process may read it, or write it as well. */
function replace(
  /** @type {string} */ file,
  /** @type {string | Uint8Array} */ contents,
  /** @type {number | undefined} */ time,
) {
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, contents);
  if (time !== undefined) utimesSync(draft, time / 1000, time / 1000);
  renameSync(draft, file);
}

/** The files below a folder whose name is like this; none where there is no folder. */
function filesIn(/** @type {string} */ folder, /** @type {RegExp} */ name) {
  if (timeOf(folder) === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}

/** When a file was changed, in milliseconds; `undefined` where there is none. */
function timeOf(/** @type {string} */ file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats && Math.floor(stats.mtimeMs);
}
