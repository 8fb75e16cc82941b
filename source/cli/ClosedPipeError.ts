/** Whoever read standard output has gone (`| head -1`): nobody is left to print for, and that is no failure. */
export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError';

  constructor(cause?: unknown) {
    super('standard output was closed', { cause });
  }
}
