import { type ClientResult } from '../../harness/ClientReport.js';
import { type Product } from './Product.js';

/** What a client saw of a feed: enough to tell that two clients saw the same, and how long the first record took. */
export class FeedTally {
  #records = 0;
  #characters = 0;
  #firstByte: number | undefined;
  #firstRecord: number | undefined;

  /** To be called with every piece of the body, before it is parsed. */
  bytesArrived(): void {
    this.#firstByte ??= performance.now();
  }

  add(product: Product): void {
    this.#firstRecord ??= performance.now();
    this.#records += 1;
    this.#characters +=
      (product.id ?? '').length + (product.title ?? '').length + (product.price ?? '').length;
  }

  result(): ClientResult {
    return {
      outcome: `${this.#records} records, ${this.#characters} characters`,
      firstRecord: (this.#firstRecord ?? NaN) - (this.#firstByte ?? NaN),
    };
  }
}
