import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds entries of the package from their sources, for threads and processes that would spend seconds on loading those.
 *
 * @returns the folder that they are in, as `<name>.js`, until this process ends.
 */
export function buildEntries(...names: readonly string[]): string {
  // Below the root, so that the dependencies, which stay outside, are found.
  const parent = join(root, 'node_modules/.cache/readystream');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'entries-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  buildSync({
    entryPoints: names.map((name) => join(root, 'source', `${name}.ts`)),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return folder;
}
