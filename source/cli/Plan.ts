import { type OperatorFunction } from 'rxjs';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { type RecordWriter } from './output/recordWriters.js';

/** How a response is read and printed. */
export interface Plan {
  /** What is to be printed, value by value. */
  readonly values: OperatorFunction<ReadyStateEvent, unknown>;
  readonly writer: RecordWriter<unknown>;
  /** Whether the values are records, worth counting. */
  readonly hasRecords: boolean;
  /** Whether it prints the bytes as they came, packed or not. */
  readonly isRaw?: boolean | undefined;
  /** Said on standard error at the end, however the run ends. */
  readonly closingNote?: (() => string | undefined) | undefined;
  /** Said on standard error where there was no value at all. */
  readonly emptyNote?: string | undefined;
}

/** A plan whose values are what its writer takes. */
export function plan<Value>(
  values: OperatorFunction<ReadyStateEvent, Value>,
  writer: RecordWriter<Value>,
  rest: Omit<Plan, 'values' | 'writer'>,
): Plan {
  // The writer's type is forgotten here, soundly: it is given nothing but what these values emit.
  return { values, writer, ...rest };
}
