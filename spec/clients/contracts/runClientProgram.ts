import { type Outcome, runProgram } from '../../docs/runProgram.js';
import { projectFile } from '../../helpers/project.js';

/** Runs one of `programs/` in a process of its own, to its end. */
export function runClientProgram(program: string, ...parameters: readonly string[]): Promise<Outcome> {
  const path = projectFile(`out/spec/clients/programs/${program}.js`);
  return runProgram(process.execPath, [path, ...parameters], { cwd: projectFile('') });
}
