import { concurrency } from './concurrency.js';

/** Runs a task so many times, at most 32 at once, and gives the sum of what they gave. */
export async function inParallel(count: number, task: () => Promise<number>): Promise<number> {
  let started = 0;
  let sum = 0;
  const worker = async (): Promise<void> => {
    while (started < count) {
      started += 1;
      // Not `sum += await …`, which would read the sum before it waits.
      const value = await task();
      sum += value;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return sum;
}
