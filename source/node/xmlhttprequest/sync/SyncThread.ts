import { type MessagePort, type Worker, type WorkerOptions } from 'node:worker_threads';
import { inheritedOptions } from './inheritedOptions.js';
import { type SyncJob, threadMark } from './protocol.js';

/** The function that starts the thread of synchronous requests. */
interface WorkerBinding {
  start: ((options: WorkerOptions) => Worker) | undefined;
}

/** Set by `bindWorker()`. */
const workerBinding: WorkerBinding = { start: undefined };

/**
 * Sets how the thread of synchronous requests is started; called by the entry, since the thread's module lies next to it.
 *
 * The entry writes `new Worker(new URL('./xmlhttprequest.worker.js', import.meta.url), options)` in one expression, by which
 * webpack recognizes a worker and bundles its module too. For other bundlers (esbuild, Rollup, Vite for servers), make the module
 * `readystream/dist/xmlhttprequest.worker.js` another entry, written under that name next to the bundle, or keep the package out
 * of the bundle. If the module is missing, synchronous requests fail with an error that names it.
 */
export function bindWorker(start: NonNullable<WorkerBinding['start']>): void {
  workerBinding.start = start;
}

/** The thread that makes synchronous requests. It never keeps the process alive. */
export class SyncThread {
  readonly #worker: Worker;
  #isOver = false;

  constructor() {
    if (workerBinding.start === undefined) throw new Error('No entry has called bindWorker()');
    this.#worker = workerBinding.start({
      name: threadMark,
      workerData: threadMark,
      ...inheritedOptions(process.execArgv, process.env),
    });
    this.#worker.unref();
    this.#worker.on('error', (error) => {
      process.emitWarning(
        `The thread of synchronous requests has ended; the next request starts another: ${error.message}`,
        'ReadystreamWarning',
      );
    });
    this.#worker.on('exit', () => {
      this.#isOver = true;
    });
  }

  /** Whether it is known to have ended; the event loop must have run to notice. */
  get isOver(): boolean {
    return this.#isOver;
  }

  post(job: SyncJob, transferred: readonly (MessagePort | ArrayBuffer)[]): void {
    this.#worker.postMessage(job, transferred);
  }
}
