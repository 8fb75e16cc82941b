import { type Scope } from '../realms/Job.js';
import { whyPageOnly } from '../suite/tierOf.js';
import { type WptTest } from '../suite/WptTest.js';
import { type WptServer } from './startServer.js';
import { TestProcess, type TestProcessOptions } from './TestProcess.js';
import { type TestResult } from './TestResult.js';

export interface RunOptions extends Omit<TestProcessOptions, 'realm'> {
  readonly server: WptServer;
  readonly scope: Scope;
  /** How many at once. */
  readonly jobs: number;
  /** jsdom's own class is not put into a realm: its scripts, too, run in pages. */
  readonly isPageOnly: boolean;
  readonly onResult: (result: TestResult) => void;
}

/** Runs each test in a process of its own. As many processes as run are loading what the next tests need. */
export async function runTests(tests: readonly WptTest[], options: RunOptions): Promise<void> {
  // Long ones first, so that the end of the run is not one slow test.
  const queue = [...tests].sort((a, b) => Number(b.isLong) - Number(a.isLong));
  const started = new Map<WptTest, TestProcess>();
  const processFor = (test: WptTest): TestProcess => {
    const realm = test.group === 'html' || options.isPageOnly ? 'page' : 'script';
    const process = started.get(test) ?? new TestProcess({ ...options, realm });
    started.set(test, process);
    return process;
  };
  const runNext = async (): Promise<void> => {
    for (let test = queue.shift(); test !== undefined; test = queue.shift()) {
      const process = processFor(test);
      queue.slice(0, options.jobs).forEach(processFor);
      options.onResult(await runTest(test, process, options));
      started.delete(test);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, runNext));
}

/** In milliseconds; generous for what is judged, since other work may slow it down. */
function limitOf({ id, isLong }: WptTest): number {
  if (whyPageOnly(id) !== undefined) return 10_000;
  return isLong ? 60_000 : 20_000;
}

async function runTest(
  test: WptTest,
  process: TestProcess,
  { server, scope }: RunOptions,
): Promise<TestResult> {
  const begin = performance.now();
  const result = await process.run({
    test,
    origin: server.origins[test.server],
    scope,
    limit: limitOf(test),
  });
  return { ...result, test, milliseconds: performance.now() - begin };
}
