import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { projectFile } from '../helpers/project.js';

/** What can be run: a file of JavaScript for each sample. */
export interface TranspiledSamples {
  readonly folder: string;
  readonly remove: () => void;
}

/**
 * Transpiles samples to a folder of `out/`, where the package is the transpiled sources.
 *
 * @param modules - the samples' code by the name of the file to be made, without its extension.
 */
export async function transpileSamples(modules: ReadonlyMap<string, string>): Promise<TranspiledSamples> {
  const parent = projectFile('out/samples');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(`${parent}/`);
  await Promise.all(
    [...modules].map(async ([name, contents]) => {
      const { code } = await transform(contents, { loader: 'ts', format: 'esm', target: 'node20' });
      writeFileSync(join(folder, `${name}.js`), code);
    }),
  );
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
