import { fileURLToPath } from 'node:url';
import { type Outcome, runProgram } from '../../docs/runProgram.js';

/** Runs one of `programs/` in a process of its own, to its end. */
export function runClientProgram(program: string, ...parameters: readonly string[]): Promise<Outcome> {
  const path = fileURLToPath(new URL(`../programs/${program}.ts`, import.meta.url));
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  return runProgram(process.execPath, ['--import', 'tsx', path, ...parameters], { cwd });
}
