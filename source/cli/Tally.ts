/** How far a run has come. */
export interface Tally {
  /** When it began, by `performance.now()`. */
  readonly startedAt: number;
  /** Milliseconds from the start to the first record; `undefined` before it. */
  firstRecord: number | undefined;
  /** How many records there were. */
  records: number;
  /** Whether what is counted are records, and not pieces of text. */
  hasRecords: boolean;
  /** Bytes of the body, decoded. */
  loaded: number;
  /** Bytes of the body on the wire. */
  transferred: number;
  /** Bytes of the whole body on the wire, where the server said how many. */
  total: number | undefined;
}
