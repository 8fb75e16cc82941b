import { escapeXml } from '../../parsing/xml/escapeXml.js';
import { formatCount } from '../format.js';
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
      return separator + indent(toJson(value, 2));
    },
    settle: () => '',
    end: () => (isFirst ? ']\n' : '\n]\n'),
  };
}

/** JSON in which no control character stands as itself: `JSON.stringify()` leaves DEL and C1, which terminals obey. */
export function toJson(value: unknown, space?: number): string {
  return JSON.stringify(value, null, space).replace(
    /[\x7f-\x9f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  );
}

/** A line break in JSON stands between values only: in strings it is escaped. */
function indent(json: string): string {
  return `  ${json.replaceAll('\n', '\n  ')}`;
}

/**
 * Writes one XML 1.0 document whose root holds the records. If the input breaks off, so does the document. A record of XML 1.1 may
 * hold characters that 1.0 lacks: they become U+FFFD, and the note counts them.
 */
export function xmlWriter<Value>(toXml: (value: Value) => string): RecordWriter<Value> {
  let replaced = 0;
  const replace = (): string => {
    replaced++;
    return '\ufffd';
  };
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n',
    record(value) {
      const xml = toXml(value)
        .replace(/^<\?xml version="1\.1"\?>/, '')
        // An ampersand of the text is a reference itself.
        .replace(/&#x(?:[1-8BCEF]|1[\dA-F]);/g, replace)
        .replace(notXmlCharacter, replace)
        // Only 1.1 can take a prefix back; nothing inside uses it.
        .replace(/<[^<>]*>/g, (tag) => tag.replace(/ xmlns:[^\s="]+=""/g, ''));
      return `${xml}\n`;
    },
    settle: () => '',
    end: () => '</records>\n',
    note() {
      if (replaced === 0) return undefined;
      return `${formatCount(replaced, 'character')} that XML 1.0 does not allow became U+FFFD`;
    },
  };
}

/** What is not a [Char](https://www.w3.org/TR/xml/#charsets) of XML 1.0. */
const notXmlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\p{Surrogate}\ufffe\uffff]/gu;

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

/** DEL and C1 are allowed, but not as themselves on a terminal. */
function escape(text: string): string {
  return escapeXml(text, 'attribute').replace(
    /[\x7f-\x9f]/g,
    (control) => `&#x${control.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}
