import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type BenchOptions } from './BenchOptions.js';
import { type ClientInput, type ClientReport } from './ClientReport.js';
import { compileProcess } from './compileProcess.js';

/** The reports of each client by its name, one for each round. */
export type Reports = ReadonlyMap<string, readonly ClientReport[]>;

async function runOnce(
  script: string,
  input: ClientInput,
  profile: string | undefined,
): Promise<ClientReport> {
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...profiling,
    script,
    JSON.stringify(input),
  ]);
  return JSON.parse(stdout) as ClientReport;
}

/**
 * Runs clients in turns, each time in a new process: A B, B A, A B, … so that what else the machine does falls on all
 * of them alike. Clients that found different things are an error, for their figures could not be compared.
 *
 * @param names The clients, as paths in `clients/`.
 */
export async function compareClients(
  names: readonly string[],
  input: ClientInput,
  { rounds, profile }: Pick<BenchOptions, 'rounds' | 'profile'>,
): Promise<Reports> {
  const clients = await Promise.all(
    names.map(async (name) => ({
      name,
      script: await compileProcess(`clients/${name}`),
      reports: [] as ClientReport[],
    })),
  );
  let outcome: string | undefined;
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, script, reports } of round % 2 === 0 ? clients : [...clients].reverse()) {
      const report = await runOnce(script, input, profile);
      outcome ??= report.outcome;
      if (report.outcome !== outcome) {
        throw new Error(`${name} found '${report.outcome}' where another client found '${outcome}'`);
      }
      reports.push(report);
    }
  }
  return new Map(clients.map(({ name, reports }) => [name, reports]));
}
