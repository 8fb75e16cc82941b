import { type BenchOptions } from './BenchOptions.js';
import { type Row } from './Row.js';

/** One thing the bench shows. */
export interface BenchCase {
  /** The name for `--only`. */
  readonly name: string;
  readonly title: string;
  readonly run: (options: BenchOptions) => Promise<readonly Row[]>;
}
