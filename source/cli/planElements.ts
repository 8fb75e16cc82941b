import { map, type OperatorFunction, pipe, take, tap } from 'rxjs';
import { elements } from '../operators/elements.js';
import { SelectorCache } from '../parsing/xml/selectors/SelectorCache.js';
import { type XmlCheckpoint } from '../parsing/xml/XmlCheckpoint.js';
import { type XmlElement } from '../parsing/xml/XmlElement.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { type RequestCommand } from './Command.js';
import { UsageError } from './exit.js';
import { oneLine } from './output/cells.js';
import {
  fieldsToText,
  fieldsToXml,
  jsonWriter,
  lineWriter,
  type RecordWriter,
  toJson,
  xmlWriter,
} from './output/recordWriters.js';
import { tableWriter } from './output/tableWriter.js';
import { type Field } from './parseFields.js';
import { plan, type Plan } from './Plan.js';
import { RepairTally } from './RepairTally.js';
import { type FieldValue, projectFields } from './projectFields.js';
import { type Restart } from './Restart.js';

/** What of the command says which elements are printed, and how. */
export type ElementsCommand = Pick<
  RequestCommand,
  'fields' | 'namespaces' | 'entities' | 'recover' | 'limit' | 'format'
> & {
  readonly select: string;
};

/** Prints the selected elements; throws a {@link UsageError} where a selector cannot be understood. */
export function planElements(
  command: ElementsCommand,
  terminalColumns: number | undefined,
  say: (text: string) => void = () => undefined,
  restart?: Restart,
): Plan {
  const { select, fields, limit } = command;
  const repairs = new RepairTally(say);
  const before = restart?.checkpoint?.records ?? 0;
  const selected = pipe(
    readElements(command, repairs, restart?.checkpoint),
    take(Math.max(limit - before, 0)),
    tap((element) => restart?.note(element)),
  );
  const rest = {
    hasRecords: true,
    emptyNote: before > 0 ? undefined : `nothing matches --select '${select}'`,
    closingNote: () => repairs.summary(),
  };
  if (fields === undefined) return plan(selected, elementWriter(command, terminalColumns), rest);
  const values = pipe(
    selected,
    map((element) => projectFields(element, fields)),
  );
  return plan(values, fieldsWriter(command, fields, terminalColumns), rest);
}

function readElements(
  { select, fields = [], namespaces, entities, recover }: ElementsCommand,
  repairs: RepairTally,
  resumeAt: XmlCheckpoint | undefined,
): OperatorFunction<ReadyStateEvent, XmlElement> {
  try {
    const selectors = new SelectorCache(namespaces, { hasColons: recover });
    for (const { selector, attribute } of fields) {
      if (selector !== undefined) selectors.selector(selector);
      if (attribute !== undefined) selectors.attribute(attribute);
    }
    const options = { namespaces, entities };
    if (!recover) return elements(select, { ...options, resumeAt });
    return elements(select, {
      ...options,
      recover: (repair) => {
        repairs.add(repair);
      },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(explain(error.message), { cause: error });
  }
}

/** The library names the option that a program would have to give; here it has another name. */
function explain(message: string): string {
  const [known, prefix] = /^.* uses the prefix '([^']*)'/.exec(message) ?? [];
  return known === undefined ? message : `${known}: say what it means by --ns ${String(prefix)}=URI`;
}

function elementWriter(
  { format }: ElementsCommand,
  terminalColumns: number | undefined,
): RecordWriter<XmlElement> {
  if (format === 'json') return jsonWriter();
  if (format === 'table') {
    return mapped(tableWriter(undefined, terminalColumns), (element: XmlElement) => element.toObject());
  }
  if (format === 'xml') return xmlWriter((element: XmlElement) => element.toString());
  if (format === 'text') return lineWriter((element: XmlElement) => oneLine(element.text()));
  return lineWriter((element: XmlElement) => toJson(element));
}

function fieldsWriter(
  { format }: ElementsCommand,
  fields: readonly Field[],
  terminalColumns: number | undefined,
): RecordWriter<Readonly<Record<string, FieldValue>>> {
  if (format === 'json') return jsonWriter();
  if (format === 'xml') return xmlWriter(fieldsToXml);
  if (format === 'text') return lineWriter(fieldsToText);
  if (format !== 'table') return lineWriter((record) => toJson(record));
  return tableWriter(
    fields.map(({ name }) => name),
    terminalColumns,
  );
}

function mapped<Value, Inner>(
  writer: RecordWriter<Inner>,
  convert: (value: Value) => Inner,
): RecordWriter<Value> {
  return { ...writer, record: (value) => writer.record(convert(value)) };
}
