/** What a client is asked for. */
export interface ClientInput {
  readonly url: string;
  /** How many requests it makes, where it makes several. */
  readonly count: number;
}

/** What the work of a client gave. */
export interface ClientResult {
  /** What it found, told in a few words: clients that are compared must have found the same. */
  readonly outcome: string;
  /** Milliseconds from the first byte to the first record. */
  readonly firstRecord?: number;
}

/** Resident memory of the process in MB: before the work, in the middle and at its highest, and how much it rose. */
export interface ResidentMemory {
  readonly start: number;
  readonly median: number;
  readonly peak: number;
  /** The median of the last quarter less that of the second: near zero where memory is flat. */
  readonly growth: number;
}

/** One run of a client, in a process of its own. */
export interface ClientReport extends ClientResult {
  /** User and system time of the process during the work, in milliseconds. */
  readonly cpu: number;
  /** Milliseconds the work took. */
  readonly wall: number;
  readonly memory: ResidentMemory;
}
