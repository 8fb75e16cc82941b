import { type ClientReport } from './ClientReport.js';
import { type Reports } from './compareClients.js';
import { median } from './median.js';
import { type Row } from './Row.js';

/** What a line compares, and how it is shown. */
export interface Comparison {
  readonly figure: string;
  readonly unit: string;
  readonly digits: number;
  readonly ours: string;
  readonly peer: string;
  /** The peer's name in the table. */
  readonly peerName: string;
  readonly pick: (report: ClientReport) => number;
  /** A bound on the ratio ours / peer. */
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
}

/**
 * Compares two clients: the medians of their figures, and the median of the ratios of each round, whose two runs were
 * neighbours and so had the same noise about them.
 */
export function compareRow(reports: Reports, comparison: Comparison): Row {
  const { figure, unit, digits, target, pick } = comparison;
  const ours = (reports.get(comparison.ours) ?? []).map(pick);
  const peers = (reports.get(comparison.peer) ?? []).map(pick);
  const ratios = ours.map((value, round) => value / (peers[round] ?? NaN));
  const ratio = median(ratios);
  const shown = (value: number): string => `${value.toFixed(digits)} ${unit}`;
  return {
    figure,
    ours: shown(median(ours)),
    peer: `${comparison.peerName} ${shown(median(peers))}`,
    ratio: `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
    ...(target !== undefined && {
      target: 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`,
      met: 'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast,
    }),
  };
}
