import { type ClientResult } from '../../harness/ClientReport.js';

/** What a client saw of the records: enough to tell that two clients saw the same. */
export class Tally {
  #records = 0;
  #sum = 0;

  /** Adds a record: the length of the fields that were read, or the number of an object's members. */
  add(amount: number): void {
    this.#records += 1;
    this.#sum += amount;
  }

  result(): ClientResult {
    return { outcome: `${this.#records} records, ${this.#sum}` };
  }
}
