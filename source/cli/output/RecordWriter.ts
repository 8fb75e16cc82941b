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
