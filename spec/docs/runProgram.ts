import { execFile } from 'node:child_process';

/** How a process ended, and what it printed. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: { readonly cwd: string; readonly path?: string },
): Promise<Outcome> {
  const PATH = [options.path, process.env['PATH']].filter((part) => part !== undefined).join(':');
  // Without what `npx tap` loads into every process.
  const environment = { ...process.env, PATH, NODE_OPTIONS: undefined };
  return new Promise((resolve) => {
    const settings = { cwd: options.cwd, env: environment, timeout: 120_000 };
    execFile(program, [...parameters], settings, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exitCode, stdout, stderr });
    });
  });
}
