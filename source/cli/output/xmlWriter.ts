import { type RecordWriter } from './RecordWriter.js';

/** One XML document whose root holds the records. Where the input breaks off, so does the document. */
export function xmlWriter<Value>(toXml: (value: Value) => string): RecordWriter<Value> {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n',
    record: (value) => `${toXml(value)}\n`,
    settle: () => '',
    end: () => '</records>\n',
  };
}
