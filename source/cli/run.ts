import { type Observable, Subject, takeUntil, tap } from 'rxjs';
import { throwIfNotOk } from '../operators/throwIfNotOk.js';
import { type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';
import { describeFailure } from './describeFailure.js';
import { ClosedPipeError, ExitCode } from './exit.js';
import { formatCount } from './format.js';
import { type Plan } from './Plan.js';
import { Printer } from './Printer.js';
import { ProgressDisplay, type ProgressStyle } from './ProgressDisplay.js';
import { readPlanned } from './readPlanned.js';
import { type Restart } from './Restart.js';
import { type SafeIo } from './safeIo.js';
import { type Tally } from './summarize.js';

/** What is read, and how. */
export interface RunOptions {
  readonly events: Observable<ReadyStateEvent>;
  /** Decides how the body is read and printed. */
  readonly choosePlan: (method: string, response: ResponseHead, say: (text: string) => void) => Plan;
  readonly progress: ProgressStyle;
  /** Notes how far the records are out. */
  readonly restart?: Restart | undefined;
}

/** Rows that a table holds back for its layout are printed after so long without enough of them. */
const settleDelay = 500;

/** What is printed at once where a checkpoint is written behind it: seldom enough that this takes little time. */
const restartBatch = { characters: 1_048_576, delay: 250 };

/** Sends the request and prints what it gives until it ends, fails, is stopped, or nobody reads on. Never rejects. */
export function run(options: RunOptions, io: SafeIo): Promise<ExitCode> {
  return new Promise((resolve) => {
    new Run(options, io, resolve).start();
  });
}

class Run {
  readonly #options: RunOptions;
  readonly #io: SafeIo;
  readonly #resolve: (exitCode: ExitCode) => void;
  readonly #tally: Tally;
  readonly #display: ProgressDisplay;
  readonly #printer: Printer;
  readonly #over = new Subject<void>();
  #isOver = false;
  #plan: Plan | undefined;
  #hasBegun = false;
  #settleTimer: NodeJS.Timeout | undefined;
  #ignoreSignals: (() => void) | undefined;

  constructor(options: RunOptions, io: SafeIo, resolve: (exitCode: ExitCode) => void) {
    this.#options = options;
    this.#io = io;
    this.#resolve = resolve;
    this.#tally = {
      startedAt: performance.now(),
      firstRecord: undefined,
      records: 0,
      hasRecords: false,
      loaded: 0,
      transferred: 0,
      total: undefined,
    };
    this.#display = new ProgressDisplay(io, this.#tally, options.progress);
    this.#printer = new Printer(
      (piece) => {
        this.#display.makeWay(io.stdout);
        io.stdout.write(piece);
        options.restart?.save();
      },
      (error) => {
        this.#finish(() => this.#fail(error));
      },
      options.restart === undefined ? undefined : restartBatch,
    );
  }

  start(): void {
    this.#ignoreSignals = this.#io.onStopSignal((signal) => {
      this.#finish(() => this.#interrupted(signal === 'SIGINT' ? ExitCode.interrupted : ExitCode.terminated));
    });
    this.#display.start();
    this.#options.events
      .pipe(
        tap((event) => {
          this.#count(event);
        }),
        throwIfNotOk(),
        readPlanned((method, response) => {
          const plan = this.#options.choosePlan(method, response, (text) => {
            this.#display.makeWay(this.#io.stderr);
            this.#say(text);
          });
          this.#tally.hasRecords = plan.hasRecords;
          return (this.#plan = plan).values;
        }),
        takeUntil(this.#over),
      )
      .subscribe({
        next: (value) => {
          this.#next(value);
        },
        error: (error: unknown) => {
          this.#finish(() => this.#fail(error));
        },
        complete: () => {
          this.#finish(() => this.#complete());
        },
      });
  }

  #count(event: ReadyStateEvent): void {
    if (event.readyState !== 3 && event.readyState !== 4) return;
    const { loaded, transferred, total } = event.progress;
    this.#tally.loaded = loaded;
    this.#tally.transferred = transferred ?? loaded;
    this.#tally.total = total;
  }

  #next(value: unknown): void {
    const writer = this.#plan?.writer;
    if (this.#isOver || writer === undefined) return;
    this.#tally.records++;
    this.#tally.firstRecord ??= performance.now() - this.#tally.startedAt;
    this.#guard(() => {
      this.#begin();
      const piece = writer.record(value);
      this.#printer.print(piece);
      if (piece.length === 0) this.#armSettling();
    });
  }

  /** What is thrown in here ends the run: thrown into RxJS or a timer, it would be an uncaught exception. */
  #guard(print: () => void): void {
    try {
      print();
    } catch (error) {
      this.#finish(() => this.#fail(error));
    }
  }

  /** Prints what stands before the first record, once: where there is none, an error leaves nothing behind. */
  #begin(): void {
    if (this.#hasBegun || this.#plan === undefined) return;
    this.#hasBegun = true;
    this.#printer.print(this.#plan.writer.begin());
  }

  #armSettling(): void {
    this.#settleTimer ??= setTimeout(() => {
      this.#settleTimer = undefined;
      this.#guard(() => {
        this.#printer.print(this.#plan?.writer.settle() ?? '');
      });
    }, settleDelay);
  }

  #complete(): ExitCode {
    this.#begin();
    this.#printer.print(this.#plan?.writer.end() ?? '');
    this.#printer.flush();
    this.#display.stop();
    const note = this.#plan?.writer.note?.();
    if (note !== undefined) this.#say(note);
    this.#close();
    if (this.#tally.records === 0 && this.#plan?.emptyNote !== undefined) this.#say(this.#plan.emptyNote);
    this.#display.summarize();
    return ExitCode.ok;
  }

  #interrupted(exitCode: ExitCode): ExitCode {
    this.#printHeldBack();
    this.#display.stop();
    const { hasRecords, records } = this.#tally;
    this.#close();
    this.#say(hasRecords ? `stopped after ${formatCount(records, 'record')}` : 'stopped');
    return exitCode;
  }

  #fail(error: unknown): ExitCode {
    this.#printHeldBack();
    this.#display.stop();
    if (error instanceof ClosedPipeError) return ExitCode.ok;
    this.#close();
    const { exitCode, lines } = describeFailure(error, this.#tally.hasRecords ? this.#tally.records : 0);
    this.#say(lines.join('\n'));
    return exitCode;
  }

  /** Says what is to be said however the run ends. */
  #close(): void {
    const note = this.#plan?.closingNote?.();
    if (note !== undefined) this.#say(note);
  }

  #printHeldBack(): void {
    try {
      this.#printer.print(this.#plan?.writer.settle() ?? '');
      this.#printer.flush();
    } catch {
      // What ended the run is worth telling more than that its rest cannot be printed either.
    }
  }

  #say(text: string): void {
    this.#io.stderr.write(`readystream: ${text}\n`);
  }

  #finish(end: () => ExitCode): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#settleTimer);
    // First of all: it closes the connection.
    this.#over.next();
    let exitCode: ExitCode;
    try {
      exitCode = end();
    } catch (error) {
      exitCode = this.#fail(error);
    }
    this.#ignoreSignals?.();
    this.#resolve(exitCode);
  }
}
