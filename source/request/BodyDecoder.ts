/** Undoes the content codings of a body that was asked for as it is on the wire ({@link NormalizedRequest.encoded}). */
export interface BodyDecoder {
  /** Takes further bytes from the wire; gives `false` where the caller should wait for `drained`. */
  write(chunk: Uint8Array): boolean;
  /** No more bytes come. */
  end(): void;
  /** Calls back when all that was written has been decoded and handed over. */
  settle(callback: () => void): void;
  /** Hands nothing over until it is resumed. */
  pause(): void;
  /** Hands over again. */
  resume(): void;
  /** Lets go of everything; nothing is reported any more. */
  destroy(): void;
}

/** What a {@link BodyDecoder} reports to. */
export interface BodyDecoderTarget {
  /** Decoded bytes. */
  decoded(chunk: Uint8Array<ArrayBuffer>): void;
  /** After a `write` that gave `false`: there is room again. */
  drained(): void;
  /** All is decoded. */
  finished(): void;
  /** The bytes are not what the codings say, end too early, or grow over a limit. */
  failed(error: unknown): void;
}
