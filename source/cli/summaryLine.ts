import { formatBytes } from './formatBytes.js';
import { formatCount } from './formatCount.js';
import { formatTime } from './formatTime.js';
import { type Tally } from './Tally.js';

/** What a run has done, on one line. */
export function summaryLine(
  { records, hasRecords, loaded, transferred, firstRecord, startedAt }: Tally,
  now: number,
  peakMemory: number,
): string {
  const elapsed = Math.max(now - startedAt, 1);
  const decoded = loaded === transferred ? '' : `, ${formatBytes(transferred)} on the wire`;
  return [
    ...(hasRecords ? [formatCount(records, 'record')] : []),
    `${formatBytes(loaded)}${decoded} in ${formatTime(elapsed)}`,
    `${formatBytes((loaded / elapsed) * 1_000)}/s`,
    ...(hasRecords && firstRecord !== undefined ? [`first record after ${formatTime(firstRecord)}`] : []),
    `peak memory ${formatBytes(peakMemory)}`,
  ].join('; ');
}
