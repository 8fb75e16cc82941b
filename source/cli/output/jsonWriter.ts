import { type RecordWriter } from './RecordWriter.js';

/** One JSON array, indented, an element a record. Where the input breaks off, so does the array: it is no valid JSON then. */
export function jsonWriter(): RecordWriter<unknown> {
  let isFirst = true;
  return {
    begin: () => '[',
    record(value) {
      const separator = isFirst ? '\n' : ',\n';
      isFirst = false;
      return separator + indent(JSON.stringify(value, null, 2));
    },
    settle: () => '',
    end: () => (isFirst ? ']\n' : '\n]\n'),
  };
}

/** A line break in JSON stands between values only: in strings it is escaped. */
function indent(json: string): string {
  return `  ${json.replaceAll('\n', '\n  ')}`;
}
