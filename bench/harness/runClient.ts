import { type ClientInput, type ClientReport, type ClientResult } from './ClientReport.js';
import { watchMemory } from './watchMemory.js';

type Work = (input: ClientInput) => Promise<ClientResult>;

/**
 * The whole of a client process: does the work its argument asks for and prints the report. Loading modules is not
 * counted, and neither is the warm-up where there is one: so many requests of the same work.
 */
export async function runClient(work: Work, warmUp?: number): Promise<void> {
  const input = JSON.parse(process.argv[2] ?? '') as ClientInput;
  if (warmUp !== undefined) {
    await work({ ...input, count: warmUp });
  }
  const stopWatching = watchMemory();
  const cpuBefore = process.cpuUsage();
  const wallBefore = performance.now();
  const result = await work(input);
  const wall = performance.now() - wallBefore;
  const cpu = process.cpuUsage(cpuBefore);
  const report: ClientReport = {
    ...result,
    cpu: (cpu.user + cpu.system) / 1000,
    wall,
    memory: stopWatching(),
  };
  console.log(JSON.stringify(report));
  // Sockets kept alive would hold the process for seconds.
  setImmediate(() => process.exit());
}
