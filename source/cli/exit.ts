/** What the command's exit code tells a script; the help text lists them. */
export const ExitCode = {
  /** All was printed, or whoever reads the output wanted no more (`| head -1`). */
  ok: 0,
  /** Something failed that has no code of its own: output that cannot be written, a defect. */
  failure: 1,
  /** The command line makes no sense, also together with what the server answers. */
  usage: 2,
  /** The source could not be reached or read whole: DNS, connection, TLS, a response cut short, a missing file. */
  network: 3,
  /** A limit of `--timeout` passed. */
  timeout: 4,
  /** The status is outside 200 to 299. */
  status: 5,
  /** The body is malformed: XML, JSON. */
  malformed: 6,
  /** The body is over one of the limits that keep memory bounded. */
  limit: 7,
  /** Ctrl-C: 128 and the signal's number, as shells have it. */
  interrupted: 130,
  /** SIGTERM, likewise. */
  terminated: 143,
} as const;

/** One of the command's exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The command line makes no sense; the message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Whoever read standard output has gone (`| head -1`): nobody is left to print for, and that is no failure. */
export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError';

  constructor(cause?: unknown) {
    super('standard output was closed', { cause });
  }
}
