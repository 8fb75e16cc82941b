import { parentPort } from 'node:worker_threads';
import { type SyncJob } from './protocol.js';
import { SyncJobRun } from './SyncJobRun.js';

/** Runs the jobs posted to the thread of synchronous requests, until the thread ends. */
export function serveSyncRequests(): void {
  const runs = new Set<SyncJobRun>();
  let isEnding = false;
  // While the other thread is blocked, an error in this one (of a dispatcher, say) goes unnoticed unless it is reported here.
  process.on('uncaughtException', (error) => {
    // Node's own handling reports it to the other thread as soon as that runs.
    if (runs.size === 0) throw error;
    isEnding = true;
    for (const run of runs) run.failed(error);
    setImmediate(() => process.exit(1));
  });
  parentPort?.on('message', (job: SyncJob) => {
    // Jobs not started here go to the next thread.
    if (isEnding) return;
    const run = new SyncJobRun(job, () => runs.delete(run));
    runs.add(run);
    run.start();
  });
}
