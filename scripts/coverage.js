/** The coverage of `source/` by all processes and threads of a run, out of what Node writes to `NODE_V8_COVERAGE`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from './transpile.js';

const folder = join(root, 'out/coverage');
const outputs = join(root, 'out/source/');

/** An empty folder, for `NODE_V8_COVERAGE`. */
export function coverageFolder() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Prints the coverage; whether it reaches the floor, `c8` in package.json. */
export async function reportCoverage() {
  const prefix = pathToFileURL(outputs).href;
  const seen = new Set();
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    const { result, 'source-map-cache': maps = {} } = JSON.parse(readFileSync(path, 'utf8'));
    const ours = result.filter(({ url }) => url.startsWith(prefix));
    for (const { url } of ours) seen.add(url);
    // Most of what Node has counted is in dependencies.
    const ourMaps = Object.fromEntries(Object.entries(maps).filter(([url]) => url.startsWith(prefix)));
    writeFileSync(path, JSON.stringify({ result: ours, 'source-map-cache': ourMaps }));
  }
  writeFileSync(join(folder, 'unseen.json'), JSON.stringify({ result: unseen(seen) }));
  const c8 = fileURLToPath(import.meta.resolve('c8/bin/c8.js'));
  const report = spawn(process.execPath, [c8, 'report', `--temp-directory=${folder}`], {
    cwd: root,
    stdio: 'inherit',
  });
  const [code] = await once(report, 'exit');
  return code === 0;
}

/** Files that no process has loaded, as they would be counted if nothing in them had run. */
function unseen(/** @type {ReadonlySet<string>} */ seen) {
  return (
    readdirSync(outputs, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => pathToFileURL(join(outputs, file)).href)
      .filter((url) => !seen.has(url))
      .map((url) => [url, readFileSync(fileURLToPath(url), 'utf8')])
      // What has types only leaves nothing but the name of its source map.
      .filter(([, code]) => !code.startsWith('//# sourceMappingURL='))
      .map(([url, code]) => ({
        url,
        functions: [
          {
            functionName: '',
            ranges: [{ startOffset: 0, endOffset: code.length, count: 0 }],
            isBlockCoverage: true,
          },
        ],
      }))
  );
}
