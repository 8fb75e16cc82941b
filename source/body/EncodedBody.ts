/** A request's body as bytes. */
export interface EncodedBody {
  /** All bytes at once, or a way to read them piece by piece. */
  readonly bytes: Uint8Array | (() => AsyncIterable<Uint8Array>);
  /** What is read piece by piece, where it is not a stream: for those who read it by other means. */
  readonly parts?: readonly (Uint8Array | Blob)[];
  /** The text that the bytes are the UTF-8 of, where the body was given as well-formed text. */
  readonly text?: string;
  /** How many bytes there are; `undefined` where only reading them tells. */
  readonly length: number | undefined;
  /** The `Content-Type` for a request that names none; `undefined` where the body has none of its own. */
  readonly contentType: string | undefined;
  /** Whether the bytes can be read a second time. */
  readonly repeatable: boolean;
}
