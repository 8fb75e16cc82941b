import { type ClientReport, type ResidentMemory } from './ClientReport.js';
import { median } from './median.js';
import { type Row } from './Row.js';

/** How far memory may drift and still be called flat: what a garbage collector's rhythm makes of it, in MB. */
const flat = 10;

/**
 * The lines about resident memory: start, median and peak, and how much it grew on the way.
 *
 * @param peak The bound on the peak, in MB.
 */
export function memoryRows(
  ours: readonly ClientReport[],
  peers: readonly ClientReport[],
  peak?: number,
): Row[] {
  const figures = (reports: readonly ClientReport[]): ResidentMemory => ({
    start: median(reports.map(({ memory }) => memory.start)),
    median: median(reports.map(({ memory }) => memory.median)),
    peak: Math.max(...reports.map(({ memory }) => memory.peak)),
    growth: median(reports.map(({ memory }) => memory.growth)),
  });
  const levels = ({ start, median, peak }: ResidentMemory): string =>
    `${start.toFixed(0)}, ${median.toFixed(0)}, ${peak.toFixed(0)} MB`;
  const growth = (memory: ResidentMemory): string => `${memory.growth.toFixed(0)} MB`;
  const [our, their] = [figures(ours), figures(peers)];
  return [
    {
      figure: 'memory: start, median, peak',
      ours: levels(our),
      peer: levels(their),
      ...(peak !== undefined && { target: `peak < ${peak} MB`, met: our.peak < peak }),
    },
    {
      figure: 'memory: 4th quarter less 2nd',
      ours: growth(our),
      peer: growth(their),
      target: `flat: ≤ ${flat} MB`,
      met: our.growth <= flat,
    },
  ];
}
