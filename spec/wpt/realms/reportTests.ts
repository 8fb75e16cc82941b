import { type ChildMessage, type HarnessStatus, type Subtest, type SubtestStatus } from './ChildMessage.js';
import { type HarnessTest, type TestScope } from './TestScope.js';

const statuses: readonly SubtestStatus[] = ['PASS', 'FAIL', 'TIMEOUT', 'NOTRUN', 'PRECONDITION_FAILED'];
const harnessStatuses: readonly HarnessStatus[] = ['OK', 'ERROR', 'TIMEOUT', 'PRECONDITION_FAILED'];

/** Passes on what testharness.js says of its subtests, which writes no page of it; time limits are the runner's. */
export function reportTests(scope: TestScope, send: (message: ChildMessage) => void): void {
  scope.setup({ explicit_timeout: true, output: false, hide_test_state: true });
  scope.add_test_state_callback((test) => {
    if (test.phase < 2) send({ type: 'started', name: String(test.name) });
  });
  scope.add_result_callback((test) => {
    send({ type: 'ended', subtest: subtestOf(test) });
  });
  scope.add_completion_callback((tests, { status, message }) => {
    send({
      type: 'completed',
      harness: harnessStatuses[status] ?? 'ERROR',
      message: textOf(message),
      subtests: Array.from(tests, subtestOf),
    });
  });
}

function subtestOf({ name, status, message }: HarnessTest): Subtest {
  return { name: String(name), status: statuses[status] ?? 'FAIL', message: textOf(message) };
}

function textOf(message: string | null): string {
  return (message ?? '').slice(0, 400);
}
