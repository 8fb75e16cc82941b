import { type WorkerBinding, workerBinding } from './workerBinding.js';

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
