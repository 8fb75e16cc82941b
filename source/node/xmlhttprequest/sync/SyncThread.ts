import { type MessagePort, type Worker } from 'node:worker_threads';
import { inheritedOptions } from './inheritedOptions.js';
import { type SyncJob } from './SyncJob.js';
import { threadMark } from './threadMark.js';
import { workerBinding } from './workerBinding.js';

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
