import { SHARE_ENV, type WorkerOptions } from 'node:worker_threads';

/** Options that prepare a thread, or that its network follows, and that a worker may be given; those with a value first. */
const valued =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--dns-result-order)$/;
const others =
  /^(?:(?:--require|--import|--loader|--experimental-loader|--conditions|--dns-result-order)=|--(?:no-)?network-family-autoselection|--no-warnings$|--enable-source-maps$)/;

/**
 * What the thread has of this one: its environment, shared, and the options of Node. A worker has these by itself, but where
 * one of them is `--input-type`, which says how the text is read that Node was given as its program, Node refuses to read
 * any module: then it is given those that matter to it.
 */
export function inheritedOptions(
  execArgv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Pick<WorkerOptions, 'env' | 'execArgv'> {
  const nodeOptions = split(env['NODE_OPTIONS'] ?? '');
  const isRefused = (argument: string): boolean => argument.startsWith('--input-type');
  if (!execArgv.some(isRefused) && !nodeOptions.some(isRefused)) return { env: SHARE_ENV };
  const options = { execArgv: acceptable(execArgv) };
  if (!nodeOptions.some(isRefused)) return { ...options, env: SHARE_ENV };
  return { ...options, env: { ...env, NODE_OPTIONS: join(acceptable(nodeOptions)) } };
}

function acceptable(argv: readonly string[]): string[] {
  return argv.filter((argument, index) => {
    // After `--import` comes its value, whatever it looks like.
    return others.test(argument) || valued.test(argument) || valued.test(argv[index - 1] ?? '');
  });
}

/** The arguments in [`NODE_OPTIONS`](https://nodejs.org/api/cli.html#node_optionsoptions): blanks part them, but not between quotes. */
function split(nodeOptions: string): string[] {
  const quoted = nodeOptions.match(/(?:"(?:\\.|[^"\\])*"|[^ "])+/g) ?? [];
  return quoted.map((argument) =>
    argument.replace(/"((?:\\.|[^"\\])*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1')),
  );
}

function join(argv: readonly string[]): string {
  return argv.map((argument) => `"${argument.replace(/["\\]/g, '\\$&')}"`).join(' ');
}
