import { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { type CliIo, type CliOutput } from './CliIo.js';
import { progressLine } from './progressLine.js';
import { summarize, type Tally } from './summarize.js';

/** What is over sooner needs no bar. */
const barDelay = 500;
const lineInterval = 2_000;
const eraseLine = '\r\u001b[K';

/**
 * What the bar's library writes besides the bar: it saves the cursor's place and goes back there at the end, though records
 * have scrolled it away by then, and stops the terminal from wrapping lines, which would cut long records.
 */
const unwanted: readonly string[] = ['\u001b7', '\u001b8', '\u001b[?7l', '\u001b[?7h'];

/** How progress is shown. */
export interface ProgressStyle {
  /** `bar` redraws one line of a terminal; `lines` writes a line every 2 seconds, for logs. */
  readonly mode: 'bar' | 'lines' | 'none';
  /** Whether the summary comes also where all was over before a bar was worth it. */
  readonly alwaysSummary: boolean;
}

/** Shows how far a run has come, until it is stopped. */
export class ProgressDisplay {
  readonly #io: CliIo;
  readonly #tally: Tally;
  readonly #style: ProgressStyle;
  #timer: NodeJS.Timeout | undefined;
  #bar: SingleBar | undefined;

  constructor(io: CliIo, tally: Tally, style: ProgressStyle) {
    this.#io = io;
    this.#tally = tally;
    this.#style = style;
  }

  start(): void {
    if (this.#style.mode === 'bar') {
      this.#timer = setTimeout(() => {
        this.#startBar();
      }, barDelay);
    } else if (this.#style.mode === 'lines') {
      this.#timer = setInterval(() => {
        this.#io.stderr.write(`${this.#line(Infinity)}\n`);
      }, lineInterval);
    }
  }

  /** Makes way for output on the same terminal; the bar comes back below it at its next turn. */
  makeWay(output: CliOutput): void {
    if (this.#bar !== undefined && output.isTerminal) this.#io.stderr.write(eraseLine);
  }

  /** Takes the bar away. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#bar?.stop();
  }

  /** Says what was done, where that took long enough for a bar or was asked for. */
  summarize(): void {
    if (this.#bar === undefined && !this.#style.alwaysSummary) return;
    const lines = summarize(this.#tally, performance.now(), this.#io.peakMemory());
    this.#io.stderr.write(`${lines.join('\n')}\n`);
  }

  #startBar(): void {
    this.#bar = new SingleBar({
      format: () => this.#line((this.#io.stderr.columns ?? 80) - 1),
      stream: new BarStream(this.#io.stderr),
      clearOnComplete: true,
      // Records may have scrolled the last drawing away.
      forceRedraw: true,
    });
    this.#bar.start(1, 0);
  }

  #line(columns: number): string {
    return progressLine(this.#tally, performance.now(), columns);
  }
}

/** The terminal as the bar sees it. */
class BarStream extends Writable {
  readonly isTTY = true;
  readonly columns = 10_000;

  constructor(output: CliOutput) {
    super({
      decodeStrings: false,
      write(piece: string | Buffer, _encoding, done) {
        if (!unwanted.includes(String(piece))) output.write(piece);
        done();
      },
    });
  }
}
