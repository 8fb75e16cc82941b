import { type MessagePort, type Worker, type WorkerOptions } from 'node:worker_threads';
import { inheritedOptions } from './inheritedOptions.js';
import { type SyncJob, threadMark } from './protocol.js';

/** How the thread of synchronous requests is started. */
interface WorkerBinding {
  start: ((options: WorkerOptions) => Worker) | undefined;
}

/** Set by `bindWorker()`. */
const workerBinding: WorkerBinding = { start: undefined };

/**
 * Says how the thread of synchronous requests is started; called by the entry, which knows where the thread's module is:
 * beside itself.
 *
 * The entry writes `new Worker(new URL('./xmlhttprequest.worker.js', import.meta.url), options)` in one expression, by which
 * webpack knows a worker, and bundles its module too. For a bundler that does not (esbuild, rollup, Vite's for servers), the
 * module `readystream/dist/xmlhttprequest.worker.js` has to be one more entry of the bundle, written under that name beside
 * what makes the requests; or the package stays outside of the bundle. Where the module is missing, synchronous requests
 * fail and say so.
 */
export function bindWorker(start: NonNullable<WorkerBinding['start']>): void {
  workerBinding.start = start;
}

/** The thread in which synchronous requests are made. It never keeps the process alive. */
export class SyncThread {
  readonly #worker: Worker;
  #isOver = false;

  constructor() {
    if (workerBinding.start === undefined) throw new Error('no entry has bound the module of the thread');
    this.#worker = workerBinding.start({
      name: threadMark,
      workerData: threadMark,
      ...inheritedOptions(process.execArgv, process.env),
    });
    this.#worker.unref();
    this.#worker.on('error', (error) => {
      process.emitWarning(
        `The thread of synchronous requests has ended, and the next request starts another: ${error.message}`,
        'ReadystreamWarning',
      );
    });
    this.#worker.on('exit', () => {
      this.#isOver = true;
    });
  }

  /** Whether it has ended, as far as the event loop has been able to tell. */
  get isOver(): boolean {
    return this.#isOver;
  }

  post(job: SyncJob, transferred: readonly (MessagePort | ArrayBuffer)[]): void {
    this.#worker.postMessage(job, transferred);
  }
}
