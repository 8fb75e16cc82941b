import { type Worker, type WorkerOptions } from 'node:worker_threads';

/** How the thread of synchronous requests is started. */
export interface WorkerBinding {
  start: ((options: WorkerOptions) => Worker) | undefined;
}

/** Set by `bindWorker()`. */
export const workerBinding: WorkerBinding = { start: undefined };
