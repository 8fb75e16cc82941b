import { type RecordWriter } from './RecordWriter.js';

/** Pieces of a whole, as they come. */
export function plainWriter(): RecordWriter<string | Uint8Array> {
  return {
    begin: () => '',
    record: (piece) => piece,
    settle: () => '',
    end: () => '',
  };
}
