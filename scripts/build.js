/**
 * Builds `dist/`, or the parts of it that are named: `node scripts/build.js modules declarations pages`.
 *
 * - `modules`: a module for each entry in `source/`, and chunks for what entries share (esbuild).
 * - `declarations`: the types of the public entries (tsc, which checks all sources by it).
 * - `pages`: everything for pages in one file, for a `<script>` and for an import map (microbundle).
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const source = join(root, 'source');
const dist = join(root, 'dist');
/** Below `node_modules/`, where dependencies are found, and where microbundle's Babel changes nothing. */
const cache = join(root, 'node_modules/.cache/readystream');

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const pagesEntry = 'readystream';
const banner = `/*! readystream ${manifest.version}, MIT; what else is in here: ${pagesEntry}.licenses.txt */`;
const entries = readdirSync(source)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== pagesEntry);

/** The licence by this name, for a package that does not bring it along. */
const isc = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`;

/** Each part with the names, at the top of `dist/`, that are its own. */
const parts = {
  modules: { run: buildModules, owns: /^(?!readystream\.).*\.js(?:\.map)?$/ },
  declarations: { run: buildDeclarations, owns: /^[^.]+$|\.d\.ts$/ },
  pages: { run: buildPages, owns: /^readystream\.(?!d\.ts$)/ },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  packages: 'external',
  target: 'es2022',
  // So that an import of types alone is no reason to load the file that it names.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } },
  sourcemap: true,
  logLevel: 'warning',
};

/** Chunks lie beside the entries, so that `new URL('./xmlhttprequest.worker.js', import.meta.url)` is right in both. */
async function buildModules() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: entries.map((name) => join(source, `${name}.ts`)),
    outdir: dist,
    splitting: true,
    plugins: [{ name: 'entries-apart', setup: keepEntriesApart }],
    write: false,
  });
  for (const { path, text } of outputFiles) {
    writeFileSync(path, path.endsWith('.js') ? restoreClassNames(text) : text);
  }
}

/**
 * An entry that imports another does so in `dist/` too. Otherwise esbuild would move the imported one to a chunk, together
 * with what it does on load; like this no chunk does anything on load, and `sideEffects` has to name entries only.
 *
 * @param {import('esbuild').PluginBuild} bundler
 */
function keepEntriesApart(bundler) {
  bundler.onResolve({ filter: /^\.\.?\/[\w.]+\.js$/ }, ({ path, resolveDir }) => {
    const name = entries.find((name) => resolve(resolveDir, path) === join(source, `${name}.js`));
    return name && { path: `./${name}.js`, external: true };
  });
}

/**
 * esbuild writes a class that mentions itself as `var Name = class _Name`, and `_Name` is what users would see. The
 * underscore becomes a space, so that every position in the source map stays right.
 *
 * @param {string} code
 */
function restoreClassNames(code) {
  const names = Array.from(code.matchAll(/^var (\w+) = class _\1 /gm), ([, name]) => name);
  return names.reduce(
    (code, name) => code.replace(new RegExp(`(?<![\\w$.])_${name}\\b`, 'g'), ` ${name}`),
    code,
  );
}

/** One file of types for each of the sources that `exports` lead to, so that a class is one class in types as well. */
async function buildDeclarations(/** @type {string} */ folder) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--emitDeclarationOnly', '--noEmitOnError', '--stripInternal', '--outDir', folder];
  await promisify(execFile)(process.execPath, [tsc, '-p', root, ...options]).catch(({ stdout, message }) => {
    throw new Error(stdout || message);
  });
  const copied = new Set();
  const copy = (/** @type {string} */ file) => {
    if (copied.has(file)) return;
    copied.add(file);
    cpSync(join(folder, file), join(dist, file));
    const imports = readFileSync(join(folder, file), 'utf8').matchAll(
      /(?:from |import\()['"](\.[^'"]+)\.js['"]/g,
    );
    for (const [, path] of imports) copy(join(dirname(file), `${path}.d.ts`));
  };
  const exported = JSON.stringify(manifest.exports).matchAll(/"\.\/dist\/([^"]+)\.js"/g);
  for (const [, name] of exported) copy(`${name}.d.ts`);
}

/** The same as a script, with `rxjs` as a global beside it, and as a module. */
async function buildPages(/** @type {string} */ folder) {
  const { default: microbundle } = await import('microbundle');
  const { default: remapping } = await import('@jridgewell/remapping');
  // Types are gone by then, so that microbundle neither needs TypeScript nor checks the sources once more.
  const entry = join(folder, `${pagesEntry}.js`);
  await build({ ...common, entryPoints: [join(source, `${pagesEntry}.ts`)], outfile: entry });
  const notices = new Set();
  for (const [format, file] of [
    ['umd', `${pagesEntry}.umd.js`],
    ['modern', `${pagesEntry}.js`],
  ]) {
    const output = join(dist, file);
    await microbundle({
      cwd: root,
      entries: [entry],
      output,
      'pkg-main': false,
      format,
      name: 'readystream',
      external: '^rxjs$',
      globals: 'rxjs=rxjs',
      strict: true,
      generateTypes: false,
      workers: false,
    });
    const map = remapping(readFileSync(`${output}.map`, 'utf8'), (path) =>
      resolve(dist, path) === entry ? readFileSync(`${entry}.map`, 'utf8') : null,
    );
    // microbundle shortens how a script finds its global, and the map does not know of it: back to what Rollup wrote.
    const code = readFileSync(output, 'utf8').replace(
      /\((\w+)\|\|self\)(?=\.readystream=)/,
      '($1="undefined"!=typeof globalThis?globalThis:$1||self)',
    );
    writeFileSync(output, `${banner}\n${code}`);
    writeFileSync(`${output}.map`, JSON.stringify({ ...map, mappings: `;${map.mappings}` }));
    for (const path of map.sources) notices.add(/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path ?? '')?.[1]);
  }
  notices.delete(undefined);
  writeFileSync(join(dist, `${pagesEntry}.licenses.txt`), [...notices].sort().map(noticeOf).join('\n\n'));
}

/** What the licence of a package that is in a bundle wants to be passed on. */
function noticeOf(/** @type {string} */ name) {
  const folder = join(root, 'node_modules', name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (file === undefined && license !== 'ISC') throw new Error(`${name} is in a bundle and has no licence`);
  const text =
    file === undefined ? `Copyright ${author}\n\n${isc}` : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')}: the parts of a build are ${Object.keys(parts).join(', ')}`,
  );
  process.exit(2);
}
mkdirSync(dist, { recursive: true });
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'build-'));
try {
  const kept = Object.keys(parts).filter((name) => !chosen.includes(name));
  for (const file of readdirSync(dist)) {
    if (!kept.some((name) => parts[name].owns.test(file))) rmSync(join(dist, file), { recursive: true });
  }
  await Promise.all(chosen.map((name) => parts[name].run(join(work, name))));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
