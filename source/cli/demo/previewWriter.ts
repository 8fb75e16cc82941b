import { type RecordWriter } from '../output/RecordWriter.js';

/** Prints the first records as another writer does, and only counts the others. */
export function previewWriter<Value>(writer: RecordWriter<Value>, count: number): RecordWriter<Value> {
  let seen = 0;
  return {
    ...writer,
    record(value) {
      seen++;
      if (seen > count) return '';
      const piece = writer.record(value);
      return seen < count ? piece : `${String(piece)}${writer.settle()}…\n`;
    },
  };
}
