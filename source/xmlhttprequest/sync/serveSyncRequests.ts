import { parentPort } from 'node:worker_threads';
import { type SyncJob } from './SyncJob.js';
import { SyncJobRun } from './SyncJobRun.js';

/** What the thread of synchronous requests does: it runs the jobs that it is given, until it is ended. */
export function serveSyncRequests(): void {
  const runs = new Set<SyncJobRun>();
  // Nobody hears of an error in this thread while the other stands still, unless it is told here: a dispatcher's, say.
  process.on('uncaughtException', (error) => {
    for (const run of runs) run.failed(error);
    // Node's own way, by which the other thread is told when it runs again.
    if (runs.size === 0) throw error;
    process.exit(1);
  });
  parentPort?.on('message', (job: SyncJob) => {
    const run = new SyncJobRun(job, () => runs.delete(run));
    runs.add(run);
    run.start();
  });
}
