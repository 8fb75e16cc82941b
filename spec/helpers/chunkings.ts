/** What can be cut: bytes and text. */
export type Sliceable = Uint8Array | string;

/** One way in which a network may have cut an input. */
export interface Chunking<Input extends Sliceable> {
  readonly title: string;
  readonly pieces: readonly Input[];
}

/**
 * The ways in which every parser is fed: whole, byte by byte (or by code unit), with empty pieces between, and cut in two
 * at every offset.
 */
export function* chunkings<Input extends Sliceable>(input: Input): Generator<Chunking<Input>> {
  const piece = (start: number, end?: number): Input => input.slice(start, end) as Input;
  const single = Array.from({ length: input.length }, (_, index) => piece(index, index + 1));
  yield { title: 'whole', pieces: [input] };
  yield { title: 'one by one', pieces: single };
  yield { title: 'with empty pieces', pieces: [piece(0, 0), ...single.flatMap((one) => [one, piece(0, 0)])] };
  for (let at = 1; at < input.length; at++)
    yield { title: `cut at ${at}`, pieces: [piece(0, at), piece(at)] };
}

/** The input in the pieces that the offsets, in any order, cut it into. */
export function cutAt<Input extends Sliceable>(input: Input, offsets: readonly number[]): Input[] {
  const sorted = [
    0,
    ...offsets.map((offset) => offset % (input.length + 1)).sort((a, b) => a - b),
    input.length,
  ];
  return sorted.slice(1).map((end, index) => input.slice(sorted[index], end) as Input);
}
