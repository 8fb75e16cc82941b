import stringWidth from 'string-width';
import { fitText, oneLine, toCell } from './cells.js';
import { type RecordWriter } from './recordWriters.js';

/** The layout is made from so many rows; later ones are cut to it on a terminal and stand out elsewhere. */
const layoutRows = 50;
const gap = '  ';
/** No column is made narrower than this to get another one onto the terminal. */
const leastWidth = 8;

/** What reads best with its last digits under one another: a number, also with a unit or a currency behind it. */
const amount = /^[-+]?[$€£¥]? ?\d[\d.,]*(?: ?(?:%|[$€£¥]|[A-Z]{3}))?$/;

interface Column {
  readonly name: string;
  readonly width: number;
  readonly isNumeric: boolean;
}

type Row = ReadonlyMap<string, string>;

/**
 * Columns as wide as the first rows ask for; on a terminal, cut to its width.
 *
 * @param names - the columns; `undefined` takes the members of the first rows.
 * @param terminalColumns - the terminal's width; `undefined` where there is none, and nothing is cut.
 */
export function tableWriter(
  names: readonly string[] | undefined,
  terminalColumns: number | undefined,
): RecordWriter<unknown> {
  const waiting: Row[] = [];
  let columns: readonly Column[] | undefined;
  let hidden: readonly string[] = [];

  const settle = (): string => {
    if (waiting.length === 0) return '';
    if (columns === undefined) {
      const all = layOut(names ?? [...new Set(waiting.flatMap((row) => [...row.keys()]))], waiting);
      columns = terminalColumns === undefined ? all : fitColumns(all, terminalColumns);
      hidden = all.slice(columns.length).map(({ name }) => oneLine(name));
    }
    const layout = columns;
    const head = waiting.length > 0 ? [headOf(layout), ruleOf(layout)] : [];
    const lines = [...head, ...waiting.map((row) => lineOf(row, layout, terminalColumns !== undefined))];
    waiting.length = 0;
    return lines.join('');
  };
  return {
    begin: () => '',
    record(value) {
      const row = rowOf(value);
      if (columns !== undefined) return lineOf(row, columns, terminalColumns !== undefined);
      waiting.push(row);
      return waiting.length < layoutRows ? '' : settle();
    },
    settle,
    end: settle,
    note() {
      if (hidden.length === 0) return undefined;
      return `${hidden.length} more columns do not fit: ${hidden.join(', ')}; choose with --fields`;
    },
  };
}

function rowOf(value: unknown): Row {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isRecord ? Object.entries(value) : [['value', value] as const];
  return new Map(entries.map(([name, cell]) => [name, toCell(cell)]));
}

function layOut(names: readonly string[], rows: readonly Row[]): readonly Column[] {
  return names.map((name) => {
    const cells = rows.map((row) => row.get(name) ?? '');
    return {
      name,
      width: Math.max(stringWidth(oneLine(name)), ...cells.map((cell) => stringWidth(cell))),
      isNumeric: cells.every((cell) => cell === '' || amount.test(cell)) && cells.some((cell) => cell !== ''),
    };
  });
}

/** Leaves out the last columns until all fit at their least width, then shrinks the widest ones. */
function fitColumns(columns: readonly Column[], room: number): readonly Column[] {
  const total = (widths: readonly number[]): number =>
    widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
  let kept = columns;
  while (kept.length > 1 && total(kept.map(({ width }) => Math.min(width, leastWidth))) > room) {
    kept = kept.slice(0, -1);
  }
  const widths = kept.map(({ width }) => width);
  for (let over = total(widths) - room; over > 0;) {
    const widest = Math.max(...widths);
    const next = Math.max(...widths.filter((width) => width < widest), 1);
    const indexes = widths.flatMap((width, index) => (width === widest ? [index] : []));
    const cut = Math.min(widest - next || 1, Math.ceil(over / indexes.length));
    if (widest - cut < 1) break;
    for (const index of indexes) widths[index] = widest - cut;
    over = total(widths) - room;
  }
  return kept.map((column, index) => ({ ...column, width: widths[index] ?? column.width }));
}

function headOf(columns: readonly Column[]): string {
  return finish(columns.map(({ name, width, isNumeric }) => fitText(oneLine(name), width, isNumeric)));
}

function ruleOf(columns: readonly Column[]): string {
  return finish(columns.map(({ width }) => '─'.repeat(width)));
}

function lineOf(row: Row, columns: readonly Column[], isCut: boolean): string {
  return finish(
    columns.map(({ name, width, isNumeric }) => {
      const cell = row.get(name) ?? '';
      return isCut || stringWidth(cell) <= width ? fitText(cell, width, isNumeric) : cell;
    }),
  );
}

function finish(cells: readonly string[]): string {
  return `${cells.join(gap).trimEnd()}\n`;
}
