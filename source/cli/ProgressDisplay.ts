import { progressLine } from './progressLine.js';
import { type SafeIo } from './safeIo.js';
import { summarize, type Tally } from './summarize.js';

/** What is over sooner needs no bar; in milliseconds, as all here. */
const barDelay = 500;
const barInterval = 100;
const lineInterval = 2_000;

/** How progress is shown. */
export interface ProgressStyle {
  /** `bar` redraws one line of a terminal; `lines` writes a line every 2 seconds, for logs. */
  readonly mode: 'bar' | 'lines' | 'none';
  /** Whether the summary comes also where all was over before a bar was worth it. */
  readonly alwaysSummary: boolean;
}

/** Shows how far a run has come, until it is stopped. */
export class ProgressDisplay {
  readonly #io: SafeIo;
  readonly #tally: Tally;
  readonly #style: ProgressStyle;
  #timer: NodeJS.Timeout | undefined;
  /** Whether there ever was a bar. */
  #hadBar = false;

  constructor(io: SafeIo, tally: Tally, style: ProgressStyle) {
    this.#io = io;
    this.#tally = tally;
    this.#style = style;
  }

  start(): void {
    if (this.#style.mode === 'bar') {
      this.#timer = setTimeout(() => {
        this.#draw();
        this.#timer = setInterval(() => {
          this.#draw();
        }, barInterval);
      }, barDelay);
    } else if (this.#style.mode === 'lines') {
      this.#timer = setInterval(() => {
        this.#io.stderr.write(`${this.#line(Infinity)}\n`);
      }, lineInterval);
    }
  }

  /** Makes way for output on the same terminal; the bar comes back below it at its next turn. */
  makeWay(output: { readonly isTerminal: boolean }): void {
    if (this.#hadBar && output.isTerminal) this.#io.stderr.redraw('');
  }

  /** Takes the bar away. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#hadBar) this.#io.stderr.redraw('');
  }

  /** Says what was done, where that took long enough for a bar or was asked for. */
  summarize(): void {
    if (!this.#hadBar && !this.#style.alwaysSummary) return;
    const lines = summarize(this.#tally, performance.now(), this.#io.peakMemory());
    this.#io.stderr.write(`${lines.join('\n')}\n`);
  }

  #draw(): void {
    this.#hadBar = true;
    // A character in the last column would start a new line.
    this.#io.stderr.redraw(this.#line((this.#io.stderr.columns ?? 80) - 1));
  }

  #line(columns: number): string {
    return progressLine(this.#tally, performance.now(), columns);
  }
}
