import { Inflate } from 'fflate';

/**
 * fflate's `Inflate` with what it holds but does not declare, for which it is pinned: specs fail where another version differs.
 * Nothing else imports fflate.
 */
interface InflateInternals {
  /** Whether the last block has begun, the codes of the block being read, and how many bits of `p` were read. */
  readonly s: { readonly f?: number; readonly l?: object | null; readonly p?: number };
  /** What was pushed and is not read yet. */
  readonly p: Uint8Array;
}

/** So many bytes are inflated at once: they become a thousand times as many at most. */
const sliceBytes = 2048;

/**
 * Undoes deflate.
 *
 * @see [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951)
 */
export class Inflater {
  readonly #inflate: Inflate;

  /** @param give - takes what comes out, piece by piece; it may throw. */
  constructor(give: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#inflate = new Inflate((bytes) => {
      if (bytes.length > 0) give(bytes);
    });
  }

  /**
   * Takes compressed bytes. Where they reach the end of the compressed data, gives what is behind it.
   *
   * @throws Error where they are not deflate's.
   */
  write(bytes: Uint8Array): Uint8Array | undefined {
    for (let from = 0; from < bytes.length; from += sliceBytes) {
      const to = Math.min(from + sliceBytes, bytes.length);
      this.#inflate.push(bytes.subarray(from, to));
      const { s: state, p: pending } = this.#inflate as unknown as InflateInternals;
      if (state.f !== 1 || state.l) continue;
      const unread = pending.length - Math.ceil((state.p ?? 0) / 8);
      return bytes.subarray(to - unread);
    }
    return undefined;
  }
}
