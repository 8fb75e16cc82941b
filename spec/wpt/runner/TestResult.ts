import { type WptTest } from '../suite/WptTest.js';
import { type CollectedResult } from './ResultCollector.js';

/** What came of a test. */
export interface TestResult extends CollectedResult {
  readonly test: WptTest;
  readonly milliseconds: number;
}
