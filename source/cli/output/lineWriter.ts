import { type RecordWriter } from './RecordWriter.js';

/** One line a record. */
export function lineWriter<Value>(toLine: (value: Value) => string): RecordWriter<Value> {
  return {
    begin: () => '',
    record: (value) => `${toLine(value)}\n`,
    settle: () => '',
    end: () => '',
  };
}
