import { UsageError } from '../exit.js';
import { type FieldValue } from '../projectFields.js';
import { oneLine } from './cells.js';

/** Turns values into what is printed. Every writer but the raw one gives text. */
export interface RecordWriter<Value> {
  /** What stands before the first record. */
  begin(): string;
  /** A record; what it gives may be of records before it, or be empty where it is held back for its layout. */
  record(value: Value): string | Uint8Array;
  /** What was held back, where more may take long to come. */
  settle(): string;
  /** What was held back, and what stands behind the last record. It is not asked for where the input is not complete. */
  end(): string;
  /** What the reader is to know of the layout, where something was left out. */
  note?(): string | undefined;
}

/** Pieces of a whole, as they come. */
export function plainWriter(): RecordWriter<string | Uint8Array> {
  return {
    begin: () => '',
    record: (piece) => piece,
    settle: () => '',
    end: () => '',
  };
}

/** One line a record. */
export function lineWriter<Value>(toLine: (value: Value) => string): RecordWriter<Value> {
  return {
    begin: () => '',
    record: (value) => `${toLine(value)}\n`,
    settle: () => '',
    end: () => '',
  };
}

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

const onlyInVersion11 = /^<\?xml|[\x01-\x08\x0B\x0C\x0E-\x1F]/;

/** One XML document whose root holds the records. Where the input breaks off, so does the document. */
export function xmlWriter<Value>(toXml: (value: Value) => string): RecordWriter<Value> {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n',
    record: (value) => {
      const xml = toXml(value);
      if (onlyInVersion11.test(xml)) {
        throw new UsageError(
          '--format xml: a record holds what only XML 1.1 allows (a control character, or a prefix without a namespace); take --format json',
        );
      }
      return `${xml}\n`;
    },
    settle: () => '',
    end: () => '</records>\n',
  };
}

/** The fields of a record on one line, tabs between them; a list is separated by commas, what is missing is empty. */
export function fieldsToText(record: Readonly<Record<string, FieldValue>>): string {
  return Object.values(record)
    .map((value) => (value === null ? '' : oneLine(typeof value === 'string' ? value : value.join(', '))))
    .join('\t');
}

/** Fields as XML: their names are values here, since not every name of a field can be the name of an element. */
export function fieldsToXml(record: Readonly<Record<string, FieldValue>>): string {
  const fields = Object.entries(record).flatMap(([name, value]) =>
    (value === null ? [] : typeof value === 'string' ? [value] : value).map(
      (text) => `<field name="${escape(name)}">${escape(text)}</field>`,
    ),
  );
  return `<record>${fields.join('')}</record>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
