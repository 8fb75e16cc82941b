import { type ImplementationName, loadImplementation } from '../implementations/loadImplementation.js';
import { type ChildMessage } from '../realms/ChildMessage.js';
import { type Job } from '../realms/Job.js';

/**
 * The process of one test: loads what the test will need, says that it is ready, waits for its turn and runs it. It is
 * started with the name of the implementation, the URL of our entry, and `page` or `script`.
 */
const [name, entry = '', realm] = process.argv.slice(2);

const send = (message: ChildMessage): void => {
  process.send?.(message);
};
// Without a runner there is nobody to report to.
process.on('disconnect', () => process.exit());

function fail(error: unknown): void {
  send({ type: 'failed', message: String(error instanceof Error ? error.stack : error).slice(0, 800) });
  process.disconnect();
}

try {
  const implementation = await loadImplementation(name as ImplementationName, entry);
  const run =
    realm === 'page'
      ? (await import('../realms/runPage.js')).runPage
      : (await import('../realms/runScript.js')).runScript;
  process.once('message', (job: Job) => {
    run(implementation, job, send).catch(fail);
  });
  send({ type: 'ready' });
} catch (error) {
  fail(error);
}
