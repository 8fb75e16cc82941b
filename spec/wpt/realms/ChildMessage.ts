export type SubtestStatus = 'PASS' | 'FAIL' | 'TIMEOUT' | 'NOTRUN' | 'PRECONDITION_FAILED';

/** How a test ended: the first three as testharness.js says it, the last where its process ended before it. */
export type HarnessStatus = 'OK' | 'ERROR' | 'TIMEOUT' | 'PRECONDITION_FAILED' | 'CRASH';

export interface Subtest {
  readonly name: string;
  readonly status: SubtestStatus;
  readonly message: string;
}

/** What the process of a test tells the runner. */
export type ChildMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly name: string }
  | { readonly type: 'ended'; readonly subtest: Subtest }
  | {
      readonly type: 'completed';
      readonly harness: HarnessStatus;
      readonly message: string;
      readonly subtests: readonly Subtest[];
    }
  | { readonly type: 'failed'; readonly message: string };
