import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const compiled = join(root, 'node_modules/.cache/readystream-bench');
/** From the root: below `out/` the package is its transpiled sources. */
const { resolve } = createRequire(join(root, 'package.json'));

/**
 * The sources that a client imports are only its types: what it runs is the built package, found as a user's import
 * finds it, through the `exports` of package.json.
 */
const asUsersGetIt: Plugin = {
  name: 'as-users-get-it',
  setup(build) {
    build.onResolve({ filter: /\/source\/[\w.]+\.js$/ }, ({ path }) => {
      const [, name = ''] = /(\w+)(?:\.node)?\.js$/.exec(path) ?? [];
      const entry = name === 'index' ? 'readystream' : `readystream/${name}`;
      return { path: pathToFileURL(resolve(entry)).href, external: true };
    });
  },
};

/** Compiles a client or a server, `clients/json/undici` say, to plain JavaScript, and gives the path of the file. */
export async function compileProcess(name: string): Promise<string> {
  const outfile = join(compiled, `${name}.mjs`);
  await bundle({
    entryPoints: [join(root, 'bench', `${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [asUsersGetIt],
  });
  return outfile;
}
