import { type ResidentMemory } from './ClientReport.js';
import { median } from './median.js';

const interval = 20;
const mega = 1e6;

/** Samples the process's resident memory every 20 ms, until the function that it returns is called. */
export function watchMemory(): () => ResidentMemory {
  const start = process.memoryUsage.rss() / mega;
  const samples: number[] = [];
  const sample = (): void => {
    samples.push(process.memoryUsage.rss() / mega);
  };
  const timer = setInterval(sample, interval);
  return () => {
    clearInterval(timer);
    sample();
    const quarter = samples.length / 4;
    return {
      start,
      median: median(samples),
      peak: samples.reduce((peak, value) => Math.max(peak, value), start),
      growth: median(samples.slice(3 * quarter)) - median(samples.slice(quarter, 2 * quarter)),
    };
  };
}
