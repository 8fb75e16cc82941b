/** A subtest as testharness.js shows it to callbacks. */
export interface HarnessTest {
  readonly name: unknown;
  readonly status: number;
  readonly message: string | null;
  /** Below 2 until it has run. */
  readonly phase: number;
}

/** A global scope in which testharness.js has been run: what we use of it. */
export interface TestScope {
  setup(properties: { explicit_timeout: boolean; output: boolean; hide_test_state: boolean }): void;
  add_test_state_callback(callback: (test: HarnessTest) => void): void;
  add_result_callback(callback: (test: HarnessTest) => void): void;
  add_completion_callback(
    callback: (
      tests: Iterable<HarnessTest>,
      status: { readonly status: number; readonly message: string | null },
    ) => void,
  ): void;
  /** Ends the test: what has not ended yet has taken too long. */
  timeout(): void;
}
