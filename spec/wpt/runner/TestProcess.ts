import { type ChildProcess, fork } from 'node:child_process';
import { type ImplementationName } from '../implementations/loadImplementation.js';
import { type ChildMessage, type HarnessStatus } from '../realms/ChildMessage.js';
import { type Job } from '../realms/Job.js';
import { type Bundle } from './bundle.js';
import { type CollectedResult, ResultCollector } from './ResultCollector.js';

export interface TestProcessOptions {
  readonly bundle: Bundle;
  readonly implementation: ImplementationName;
  readonly realm: 'page' | 'script';
  /** Its output comes to the terminal. */
  readonly isVerbose: boolean;
}

/** How long a process may take to load, and to end after it has been told that the test's time is over. */
const grace = 30_000;

/** The process of one test, started before the test's turn comes: it loads meanwhile. */
export class TestProcess {
  static readonly #running = new Set<TestProcess>();
  readonly #child: ChildProcess;

  constructor({ bundle, implementation, realm, isVerbose }: TestProcessOptions) {
    const output = isVerbose ? 'inherit' : 'ignore';
    this.#child = fork(bundle.child, [implementation, bundle.entry, realm], {
      // A process group of its own: what the test starts ends with it.
      detached: true,
      execArgv: [],
      stdio: ['ignore', output, output, 'ipc'],
      env: {
        ...process.env,
        // Threads, too, read it when they start.
        NODE_OPTIONS: `--require ${JSON.stringify(bundle.hosts)} --no-warnings`,
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      },
    });
    TestProcess.#running.add(this);
    // Its end says the same.
    this.#child.on('error', () => undefined);
  }

  /** Ends all at once, as this process has to before it ends. */
  static killAll(): void {
    for (const one of TestProcess.#running) one.kill();
  }

  async run(job: Job): Promise<CollectedResult> {
    const child = this.#child;
    const collector = new ResultCollector();
    return new Promise((resolve) => {
      const finish = (harness: HarnessStatus, message: string): void => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        this.kill();
        resolve(collector.finish(harness, message));
      };
      const timer = setTimeout(finish, job.limit + grace, 'TIMEOUT', 'killed: it did not come to an end');
      child.on('message', (message: ChildMessage) => {
        collector.take(message);
        if (message.type === 'completed') finish('OK', '');
      });
      child.on('exit', (code, signal) => {
        finish('CRASH', `the process ended early (${signal ?? code ?? '?'})`);
      });
      if (child.exitCode !== null || child.signalCode !== null) finish('CRASH', 'the process did not load');
      else child.send(job, () => undefined);
    });
  }

  kill(): void {
    TestProcess.#running.delete(this);
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // It has ended, and all of its group with it.
    }
  }
}
