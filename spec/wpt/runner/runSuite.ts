import { type WptTest } from '../suite/WptTest.js';
import { bundle } from './bundle.js';
import { type Failure } from './judge.js';
import { type WptOptions } from './parseOptions.js';
import { runTests } from './runTests.js';
import { startServer } from './startServer.js';
import { TestProcess } from './TestProcess.js';
import { type TestResult } from './TestResult.js';

/** More failures than this are no matter of time. */
const mostToRepeat = 20;

export interface SuiteRun {
  readonly results: readonly TestResult[];
  /** The tests that did as expected when they ran alone, and not before. */
  readonly unstable: readonly string[];
}

/**
 * Runs tests, and once more, one after the other, those few that fail unexpectedly: a time that ran out because others
 * were at work is no fault of theirs.
 */
export async function runSuite(
  tests: readonly WptTest[],
  options: WptOptions,
  failuresOf: (results: readonly TestResult[]) => readonly Failure[],
): Promise<SuiteRun> {
  endChildrenWithUs();
  const bundled = await bundle(options.implementation === 'readystream' ? options.entry : '');
  const server = await startServer(options.checkout);
  try {
    const results = new Map<WptTest, TestResult>();
    const shared = {
      server,
      bundle: bundled,
      implementation: options.implementation,
      isVerbose: options.isVerbose,
      scope: options.scope,
      isPageOnly: options.implementation === 'jsdom',
      onResult: (result: TestResult) => {
        results.set(result.test, result);
        report(result, options.isVerbose);
      },
    };
    await runTests(tests, { ...shared, jobs: options.jobs });

    const failed = new Set(failuresOf([...results.values()]).map(({ test }) => test));
    const isRepeated = options.jobs > 1 && failed.size > 0 && failed.size <= mostToRepeat;
    if (isRepeated) {
      await runTests(
        tests.filter(({ id }) => failed.has(id)),
        { ...shared, jobs: 1 },
      );
    }
    const all = [...results.values()];
    const still = new Set(failuresOf(all).map(({ test }) => test));
    return { results: all, unstable: isRepeated ? [...failed].filter((test) => !still.has(test)) : [] };
  } finally {
    TestProcess.killAll();
    await server.stop();
  }
}

function endChildrenWithUs(): void {
  process.once('exit', () => {
    TestProcess.killAll();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // That closes the server's stdin, too, with which it ends.
    process.once(signal, () => process.exit(1));
  }
}

function report({ test, harness, message, subtests, milliseconds }: TestResult, isVerbose: boolean): void {
  if (!isVerbose && !process.stdout.isTTY) return;
  const failed = subtests.filter(({ status }) => status !== 'PASS');
  const passed = `${subtests.length - failed.length}/${subtests.length}`;
  console.log(
    `${passed.padStart(7)} ${harness.padEnd(7)} ${milliseconds.toFixed(0).padStart(6)} ms  ${test.id} ${message}`,
  );
  if (!isVerbose) return;
  for (const one of failed) console.log(`        ${one.status} ${JSON.stringify(one.name)}: ${one.message}`);
}
