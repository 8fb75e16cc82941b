import { type EncodedBody } from '../../../body/EncodedBody.js';

/** A body whose bytes have all been read, to be moved to another thread. */
export interface PostedBody extends Omit<EncodedBody, 'bytes' | 'parts'> {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}
