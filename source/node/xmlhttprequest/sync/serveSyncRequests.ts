import { parentPort } from 'node:worker_threads';
import { type SyncJob } from './protocol.js';
import { SyncJobRun } from './SyncJobRun.js';

/** What the thread of synchronous requests does: it runs the jobs that it is given, until it is ended. */
export function serveSyncRequests(): void {
  const runs = new Set<SyncJobRun>();
  let isEnding = false;
  // Nobody hears of an error in this thread while the other stands still, unless it is told here: a dispatcher's, say.
  process.on('uncaughtException', (error) => {
    // Node's own way, by which the other thread is told as soon as it runs.
    if (runs.size === 0) throw error;
    isEnding = true;
    for (const run of runs) run.failed(error);
    setImmediate(() => process.exit(1));
  });
  parentPort?.on('message', (job: SyncJob) => {
    // What is not begun here is given to the next thread.
    if (isEnding) return;
    const run = new SyncJobRun(job, () => runs.delete(run));
    runs.add(run);
    run.start();
  });
}
