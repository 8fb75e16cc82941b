import { type Row } from './Row.js';

const header = ['', 'readystream', 'peer', 'ratio', 'target', ''];

function cells({ figure, ours, peer = '', ratio = '', target = '', met }: Row): string[] {
  return [figure, ours, peer, ratio, target, met === undefined ? '' : met ? 'met' : 'MISSED'];
}

/** A case's lines as text, in columns. */
export function formatTable(title: string, rows: readonly Row[]): string {
  const lines = [header, ...rows.map(cells)];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]): string =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [title, ...lines.map(format)].join('\n');
}
