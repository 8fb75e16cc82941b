import { SHARE_ENV, type WorkerOptions } from 'node:worker_threads';

/** Node's options that prepare a thread or affect its network and that a worker accepts; those followed by a value first. */
const valued =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--dns-result-order)$/;
const others =
  /^(?:(?:--require|--import|--loader|--experimental-loader|--conditions|--dns-result-order)=|--(?:no-)?network-family-autoselection|--no-warnings$|--enable-source-maps$)/;

/**
 * Returns what the thread inherits from this one: the shared environment and Node's options. A worker inherits these
 * automatically, but with `--input-type`, which says how to read a program passed as text, Node would refuse to load any module;
 * then only the options that matter to the thread are passed.
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
    // Whatever follows `--import` is its value.
    return others.test(argument) || valued.test(argument) || valued.test(argv[index - 1] ?? '');
  });
}

/** Splits [`NODE_OPTIONS`](https://nodejs.org/api/cli.html#node_optionsoptions) at spaces, except between quotes. */
function split(nodeOptions: string): string[] {
  const quoted = nodeOptions.match(/(?:"(?:\\.|[^"\\])*"|[^ "])+/g) ?? [];
  return quoted.map((argument) =>
    argument.replace(/"((?:\\.|[^"\\])*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1')),
  );
}

function join(argv: readonly string[]): string {
  return argv.map((argument) => `"${argument.replace(/["\\]/g, '\\$&')}"`).join(' ');
}
