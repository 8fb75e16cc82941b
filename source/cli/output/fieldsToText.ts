import { type FieldValue } from '../projectFields.js';
import { oneLine } from './oneLine.js';

/** The fields of a record on one line, tabs between them; a list is separated by commas, what is missing is empty. */
export function fieldsToText(record: Readonly<Record<string, FieldValue>>): string {
  return Object.values(record)
    .map((value) => (value === null ? '' : oneLine(typeof value === 'string' ? value : value.join(', '))))
    .join('\t');
}
