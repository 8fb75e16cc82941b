import { type CliIo, type CliOutput, type StopSignal } from '../../source/cli/CliIo.js';

/** What a fake terminal or pipe got to see. */
export interface FakeOutput extends CliOutput {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A process that only remembers. */
export interface FakeIo extends CliIo {
  readonly stdout: FakeOutput;
  readonly stderr: FakeOutput;
  /** Sends a signal to whoever listens; tells whether anybody does. */
  signal(signal: StopSignal): boolean;
}

/** What a fake process is like. */
export interface FakeIoOptions {
  /** The width of the terminal that standard output is. @defaultValue it is none */
  readonly stdoutColumns?: number;
  /** The width of the terminal that standard error is. @defaultValue it is none */
  readonly stderrColumns?: number;
  /** Called before each write to standard output: may throw. */
  readonly onWrite?: (text: string) => void;
  /** Called before each write to standard error. */
  readonly onNote?: (text: string) => void;
}

/** A process that remembers what the command prints. */
export function fakeIo({ stdoutColumns, stderrColumns, onWrite, onNote }: FakeIoOptions = {}): FakeIo {
  let listener: ((signal: StopSignal) => void) | undefined;
  return {
    stdout: fakeOutput(stdoutColumns, onWrite),
    stderr: fakeOutput(stderrColumns, onNote),
    onStopSignal(stop) {
      listener = stop;
      return () => {
        listener = undefined;
      };
    },
    signal(signal) {
      listener?.(signal);
      return listener !== undefined;
    },
    version: () => '1.2.3',
    peakMemory: () => 90_000_000,
  };
}

function fakeOutput(columns: number | undefined, onWrite?: (text: string) => void): FakeOutput {
  const pieces: Buffer[] = [];
  return {
    write(piece) {
      const bytes = Buffer.from(piece);
      onWrite?.(bytes.toString());
      pieces.push(bytes);
    },
    isTerminal: columns !== undefined,
    columns,
    get text() {
      return Buffer.concat(pieces).toString();
    },
    get bytes() {
      return Buffer.concat(pieces);
    },
  };
}
