/** A fenced block of code that a reader may copy. */
export interface Sample {
  /** Where it stands, from the repository's root: `docs/errors.md`. */
  readonly file: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly language: 'ts' | 'js' | 'sh' | 'console';
  readonly code: string;
  /** Why it is not run, from the comment `<!-- not run: … -->` before it. */
  readonly notRun: string | undefined;
}
