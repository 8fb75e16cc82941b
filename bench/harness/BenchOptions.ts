/** How the bench is run. */
export interface BenchOptions {
  /** The cases to run, by name. */
  readonly only: readonly string[];
  /** How often each client runs. */
  readonly rounds: number;
  /** A tenth of the work, to see that all runs: its figures say little. */
  readonly quick: boolean;
  /** The directory that takes a CPU profile of every client run; `undefined` for none. Profiling slows the clients. */
  readonly profile: string | undefined;
}
