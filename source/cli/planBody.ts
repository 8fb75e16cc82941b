import { from, map, mergeMap, of, type OperatorFunction, pipe, take } from 'rxjs';
import { extractMimeType } from '../http/extractMimeType.js';
import { isJsonMimeType } from '../http/mimeType.js';
import { bytes } from '../operators/bytes.js';
import { json } from '../operators/json.js';
import { jsonLines } from '../operators/jsonLines.js';
import { lines } from '../operators/lines.js';
import { serverSentEvents } from '../operators/serverSentEvents.js';
import { textChunks } from '../operators/textChunks.js';
import { type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';
import { type CliOutput } from './CliIo.js';
import { type RequestCommand } from './Command.js';
import { UsageError } from './exit.js';
import { jsonWriter, lineWriter, plainWriter, toJson } from './output/recordWriters.js';
import { tableWriter } from './output/tableWriter.js';
import { plan, type Plan } from './Plan.js';

type BodyCommand = Pick<RequestCommand, 'format' | 'limit'>;

/** Prints a body of which no elements are selected: as its media type asks for, or as the command does. */
export function planBody(command: BodyCommand, response: ResponseHead, stdout: CliOutput): Plan {
  const { format } = command;
  const mimeType = extractMimeType(response.mimeType ?? response.headers.get('content-type'));
  const type = mimeType?.essence ?? '';
  if (format === 'text' || format === 'raw') return planText(command, type, stdout);
  if (mimeType !== undefined && isJsonMimeType(mimeType)) {
    return format === 'ndjson' || format === 'table'
      ? planValues(command, jsonItems(), stdout)
      : planDocument(command);
  }
  if (/^(?:application|text)\/(?:x-)?(?:ndjson|jsonl|jsonlines)$/.test(type))
    return planValues(command, jsonLines(), stdout);
  if (type === 'text/event-stream') return planValues(command, serverSentEvents(), stdout);
  if (format === undefined) return planText(command, type, stdout);
  throw new UsageError(
    `--format ${format}: ${nameOf(type)} has no records of its own; add --select 'SELECTOR' for XML, or say what it is: --mime-type application/json`,
  );
}

/** JSON as it is; of a list, the first items. */
function planDocument({ limit }: BodyCommand): Plan {
  const document = pipe(
    json(),
    map((value) => (Array.isArray(value) ? value.slice(0, limit) : value)),
  );
  const writer = lineWriter((value: unknown) => toJson(value, 2));
  return plan(document, writer, { hasRecords: false });
}

/** The items of a list; any other document is one. */
function jsonItems(): OperatorFunction<ReadyStateEvent, unknown> {
  return pipe(
    json(),
    mergeMap((value) => (Array.isArray(value) ? from(value as unknown[]) : of(value))),
  );
}

function planValues(
  { format, limit }: BodyCommand,
  values: OperatorFunction<ReadyStateEvent, unknown>,
  { columns }: CliOutput,
): Plan {
  const writer =
    format === 'json'
      ? jsonWriter()
      : format === 'table'
        ? tableWriter(undefined, columns)
        : lineWriter((value: unknown) => toJson(value));
  return plan(pipe(values, take(limit)), writer, { hasRecords: true });
}

function planText({ format, limit }: BodyCommand, type: string, { isTerminal }: CliOutput): Plan {
  const hasLimit = Number.isFinite(limit);
  if (format === 'text' && hasLimit) {
    return plan(pipe(lines(), take(limit)), lineWriter(String), { hasRecords: false });
  }
  if (hasLimit) {
    throw new UsageError(
      `--limit: ${nameOf(type)} has no records; add --select for elements, --format text for lines`,
    );
  }
  if (format === 'text' || (format === undefined && isTerminal && isTextual(type))) {
    return plan(textChunks(), plainWriter(), { hasRecords: false });
  }
  if (format === undefined && isTerminal) {
    throw new UsageError(
      `${nameOf(type)} is not for a terminal: send it to a file (> FILE), or insist by --format raw`,
    );
  }
  return plan(bytes(), plainWriter(), { hasRecords: false, isRaw: format === 'raw' });
}

function isTextual(type: string): boolean {
  return /^$|^text\/|^application\/(?:xml|json|javascript|x-www-form-urlencoded)$|\+(?:xml|json)$/.test(type);
}

function nameOf(type: string): string {
  return type === '' ? 'a body of no known type' : `a body of type ${type}`;
}
