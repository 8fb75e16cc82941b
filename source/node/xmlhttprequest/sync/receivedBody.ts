import { type EncodedBody } from '../../../body/EncodedBody.js';
import { type PostedBody } from './PostedBody.js';

/** The body of a request that came from another thread. */
export function receivedBody({ pieces, ...rest }: PostedBody): EncodedBody {
  const [first, ...others] = pieces;
  if (others.length === 0) return { ...rest, bytes: first ?? new Uint8Array() };
  return { ...rest, bytes: () => iterate(pieces) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- it is read as a stream is
async function* iterate(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}
