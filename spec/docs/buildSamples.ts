import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What can be run: files of JavaScript by name, and the command. */
export interface BuiltSamples {
  readonly folder: string;
  remove(): void;
}

/**
 * Builds samples against the sources, as they would be against the package: one file each, and what they share once, so
 * that each class exists once. The command, the thread of synchronous requests and what runs the modules are built beside
 * them.
 *
 * @param modules - the samples' code by the name of the file to be made, without its extension.
 */
export async function buildSamples(
  modules: ReadonlyMap<string, string>,
  root: string,
): Promise<BuiltSamples> {
  // Below the root, so that the dependencies, which stay outside, are found.
  const parent = join(root, 'node_modules/.cache/readystream');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'samples-'));
  const source = join(root, 'source');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await build({
    entryPoints: [
      ...[...modules.keys()].map((name) => ({ in: `sample:${name}`, out: name })),
      { in: join(source, 'cli.ts'), out: 'cli' },
      { in: join(source, 'xmlhttprequest.worker.ts'), out: 'xmlhttprequest.worker' },
      { in: join(root, 'spec/docs/runModules.ts'), out: 'runModules' },
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name: 'samples',
        setup(bundler) {
          const entries: Readonly<Record<string, string>> = {
            readystream: 'index.node.ts',
            'readystream/node': 'node.ts',
            'readystream/xml': 'xml.node.ts',
            'readystream/xmlhttprequest': 'xmlhttprequest.ts',
            'readystream/xmlhttprequest/register': 'xmlhttprequest.register.ts',
          };
          bundler.onResolve({ filter: /^sample:/ }, ({ path }) => ({
            path: path.slice(7),
            namespace: 'sample',
          }));
          bundler.onResolve({ filter: /^readystream(?:\/|$)/ }, ({ path }) => {
            const entry = entries[path];
            return entry === undefined
              ? { errors: [{ text: `There is no entry ${path}` }] }
              : { path: join(source, entry) };
          });
          bundler.onLoad({ filter: /./, namespace: 'sample' }, ({ path }) => ({
            contents: modules.get(path) ?? '',
            loader: 'ts',
            resolveDir: root,
          }));
        },
      },
    ],
  });
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
