import { oneLine } from './oneLine.js';

/** A value as a table shows it: lists of plain values separated by commas, anything deeper as JSON. */
export function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return oneLine(value.join(', '));
  return oneLine(JSON.stringify(value));
}
