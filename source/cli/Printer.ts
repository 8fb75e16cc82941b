/** How much is gathered before it is written, and how long, at most. */
export interface PrinterBatch {
  readonly characters: number;
  /** In milliseconds; `undefined`: until right after the bytes that arrived at once. */
  readonly delay: number | undefined;
}

const usualBatch: PrinterBatch = { characters: 65_536, delay: undefined };

/**
 * Gathers what one arrival of bytes yields and writes it at once, right after: a record is never kept waiting for the
 * next bytes, and a thousand records in one chunk are no thousand writes.
 */
export class Printer {
  readonly #write: (piece: string | Uint8Array) => void;
  readonly #fail: (error: unknown) => void;
  #pieces: string[] = [];
  #characters = 0;
  readonly #batch: PrinterBatch;
  #isScheduled = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param fail - called where writing fails behind the back of the caller of {@link print}. */
  constructor(
    write: (piece: string | Uint8Array) => void,
    fail: (error: unknown) => void,
    batch = usualBatch,
  ) {
    this.#batch = batch;
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
    if (this.#characters >= this.#batch.characters) this.flush();
    else this.#schedule();
  }

  flush(): void {
    clearTimeout(this.#timer);
    if (this.#timer !== undefined) this.#isScheduled = false;
    this.#timer = undefined;
    if (this.#characters === 0) return;
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#characters = 0;
    this.#write(text);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const flush = (): void => {
      this.#isScheduled = false;
      try {
        this.flush();
      } catch (error) {
        this.#fail(error);
      }
    };
    if (this.#batch.delay === undefined) queueMicrotask(flush);
    else this.#timer = setTimeout(flush, this.#batch.delay);
  }
}
