import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectFile } from '../helpers/project.js';

/** The folder of the project, with a slash at its end. */
export const root = projectFile('');

/** Runs Node in the project's folder. Rejects where it fails, with what it has printed. */
export async function runNode(...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  // By `env`, since tap adds what it loads into each process to the options of what is started.
  const plain = ['-u', 'NODE_OPTIONS', process.execPath, ...args];
  return promisify(execFile)('env', plain, { cwd: root }).catch((error: unknown) => {
    const { message, stdout } = error as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`, { cause: error });
  });
}
