/** A regular file that output goes to. */
export interface OutputFile {
  /** Its length in bytes. */
  size(): number;
  /** Cuts it to this length. */
  truncate(size: number): void;
  /** Has what was written last through a loss of power. */
  sync(): void;
}

/** A place for output. */
export interface CliOutput {
  /** Writes all of it before it returns, however long the reader takes; throws a `ClosedPipeError` where there is none left. */
  write(piece: string | Uint8Array): void;
  /** Whether it is a terminal. */
  readonly isTerminal: boolean;
  /** What can be done with a regular file; `undefined` where it is something else. */
  readonly file?: OutputFile | undefined;
  /** How many columns the terminal has; `undefined` where it is none. */
  readonly columns: number | undefined;
}

/** The signals that the command stops at. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/** All that the command sees of the process that it runs in, so that it can be run inside another one, and tested. */
export interface CliIo {
  /** Where records go. */
  readonly stdout: CliOutput;
  /** Where errors, notes and the progress bar go. */
  readonly stderr: CliOutput;
  /** Calls `stop` at Ctrl-C and its like; what is returned ends that. */
  onStopSignal(stop: (signal: StopSignal) => void): () => void;
  /** The package's version. */
  version(): string;
  /** The most memory that the process has held, in bytes. */
  peakMemory(): number;
}
