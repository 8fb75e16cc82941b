import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';

const bench = fileURLToPath(new URL('..', import.meta.url));
const compiled = join(bench, '../node_modules/.cache/readystream-bench');

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
      return { path: import.meta.resolve(entry), external: true };
    });
  },
};

/** Compiles a client or a server, `clients/json/undici` say, to plain JavaScript, and gives the path of the file. */
export async function compileProcess(name: string): Promise<string> {
  const outfile = join(compiled, `${name}.mjs`);
  await bundle({
    entryPoints: [join(bench, `${name}.ts`)],
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
