import { formatBytes, formatCount, formatTime } from './format.js';
import { type Tally } from './summarize.js';

const widestBar = 30;
const narrowestBar = 6;

/**
 * How far the run has come, on one line of at most `columns`: bytes on the wire, rate, records, time left; with a bar
 * where the whole is known and there is room.
 */
export function progressLine(tally: Tally, now: number, columns: number): string {
  const { transferred, total, records, hasRecords, startedAt } = tally;
  const elapsed = Math.max(now - startedAt, 1);
  const rate = transferred / elapsed;
  const known = total !== undefined && total > 0 ? total : undefined;
  const parts = [
    known === undefined ? formatBytes(transferred) : `${formatBytes(transferred)} of ${formatBytes(known)}`,
    `${formatBytes(rate * 1_000)}/s`,
    ...(hasRecords ? [formatCount(records, 'record')] : []),
    known === undefined || rate === 0
      ? formatTime(elapsed)
      : `${formatTime(Math.max(known - transferred, 0) / rate)} left`,
  ];
  const text = parts.join('  ');
  if (known === undefined) return text.slice(0, columns);
  const done = Math.min(transferred / known, 1);
  const percent = `${Math.floor(done * 100)}%`.padStart(4);
  const room = Math.min(columns - text.length - percent.length - 3, widestBar);
  if (room < narrowestBar) return `${percent}  ${text}`.trimStart().slice(0, columns);
  const filled = Math.round(done * room);
  return `${'█'.repeat(filled)}${'░'.repeat(room - filled)} ${percent}  ${text}`;
}
