/** How many characters are gathered before they are written, also while more are coming at once. */
const batchCharacters = 65_536;

/**
 * Gathers what one arrival of bytes yields and writes it at once, right after: a record is never kept waiting for the
 * next bytes, and a thousand records in one chunk are no thousand writes.
 */
export class Printer {
  readonly #write: (piece: string | Uint8Array) => void;
  readonly #fail: (error: unknown) => void;
  #pieces: string[] = [];
  #characters = 0;
  #isScheduled = false;

  /** @param fail - called where writing fails behind the back of the caller of {@link print}. */
  constructor(write: (piece: string | Uint8Array) => void, fail: (error: unknown) => void) {
    this.#write = write;
    this.#fail = fail;
  }

  print(piece: string | Uint8Array): void {
    if (typeof piece !== 'string') {
      this.flush();
      this.#write(piece);
      return;
    }
    if (piece === '') return;
    this.#pieces.push(piece);
    this.#characters += piece.length;
    if (this.#characters >= batchCharacters) this.flush();
    else this.#schedule();
  }

  flush(): void {
    if (this.#characters === 0) return;
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#characters = 0;
    this.#write(text);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      try {
        this.flush();
      } catch (error) {
        this.#fail(error);
      }
    });
  }
}
