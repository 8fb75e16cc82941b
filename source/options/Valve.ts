/** Holds back whatever asks before its next step, for as long as it is closed. */
export class Valve {
  #opened: Promise<void> | undefined;
  #open: (() => void) | undefined;

  /** What to wait for before the next step; `undefined` where it is open. */
  get opened(): Promise<void> | undefined {
    return this.#opened;
  }

  pause(): void {
    this.#opened ??= new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  resume(): void {
    this.#open?.();
    this.#opened = undefined;
  }
}
