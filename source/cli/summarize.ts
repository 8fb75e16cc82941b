import { formatBytes, formatCount, formatTime } from './format.js';

/** How far a run has come. */
export interface Tally {
  /** When it began, by `performance.now()`. */
  readonly startedAt: number;
  /** Milliseconds from the start to the first record; `undefined` before it. */
  firstRecord: number | undefined;
  /** How many records there were. */
  records: number;
  /** Whether what is counted are records, and not pieces of text. */
  hasRecords: boolean;
  /** Bytes of the body, decoded. */
  loaded: number;
  /** Bytes of the body on the wire. */
  transferred: number;
  /** Bytes of the whole body on the wire, where the server said how many. */
  total: number | undefined;
}

/** What a run has done, line by line: records and their times, then bytes and memory. */
export function summarize(tally: Tally, now: number, peakMemory: number): readonly string[] {
  const { records, hasRecords, loaded, transferred, firstRecord, startedAt } = tally;
  const elapsed = Math.max(now - startedAt, 1);
  const perSecond = (amount: number): number => (amount / elapsed) * 1_000;
  const bytes = [
    loaded === transferred
      ? formatBytes(loaded)
      : `${formatBytes(loaded)} (${formatBytes(transferred)} on the wire)`,
    ...(hasRecords ? [] : [`in ${formatTime(elapsed)}`]),
  ].join(' ');
  const lines = [`${bytes}, ${formatBytes(perSecond(loaded))}/s, peak memory ${formatBytes(peakMemory)}`];
  if (!hasRecords) return lines;
  const rate = Math.round(perSecond(records)).toLocaleString('en-US');
  const first = firstRecord === undefined ? '' : `, the first after ${formatTime(firstRecord)}`;
  return [`${formatCount(records, 'record')} in ${formatTime(elapsed)} (${rate}/s)${first}`, ...lines];
}
