import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { projectFile } from '../../helpers/project.js';

const project = projectFile('');

export interface Bundle {
  /** The module of a test's process. */
  readonly child: string;
  /** What is preloaded into it, and into its threads. */
  readonly hosts: string;
  /** The URL of the module that has our class. */
  readonly entry: string;
}

/**
 * Compiles once what the processes of the tests load, to a folder below `node_modules/`, where packages are found from. It is
 * removed when this process ends.
 *
 * @param entry The built entry, or a source of the project, which is then compiled with its worker beside it. Empty where our
 * class is not asked for.
 */
export async function bundle(entry: string): Promise<Bundle> {
  const cache = join(project, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'readystream-wpt-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  await compile(folder, ['spec/wpt/processes/child.ts'], 'esm');
  await compile(folder, ['spec/wpt/processes/hosts.ts'], 'cjs');
  return {
    child: join(folder, 'child.js'),
    hosts: join(folder, 'hosts.cjs'),
    entry: await urlOf(entry, folder),
  };
}

async function urlOf(entry: string, folder: string): Promise<string> {
  if (entry === '') return '';
  return pathToFileURL(entry.endsWith('.ts') ? await compileSource(entry, folder) : resolve(entry)).href;
}

async function compileSource(entry: string, folder: string): Promise<string> {
  const worker = entry.replace(/\.ts$/, '.worker.ts');
  await compile(
    join(folder, 'source'),
    [entry, worker].filter((file) => existsSync(join(project, file))),
    'esm',
  );
  return join(folder, 'source/xmlhttprequest.js');
}

async function compile(outdir: string, entryPoints: string[], format: 'esm' | 'cjs'): Promise<void> {
  await build({
    absWorkingDir: project,
    entryPoints,
    outdir,
    bundle: true,
    splitting: format === 'esm',
    format,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    outExtension: { '.js': format === 'esm' ? '.js' : '.cjs' },
    logLevel: 'error',
  });
}
