import { type CliIo, type CliOutput } from './CliIo.js';
import { terminalSafe } from './output/terminalSafe.js';

/** An output that text of others can do no harm to. */
export interface SafeOutput extends CliOutput {
  /** Puts this line in the place of the terminal's last one, in one write; an empty line takes it away. */
  redraw(line: string): void;
}

/** A process whose outputs are safe. */
export interface SafeIo extends CliIo {
  readonly stdout: SafeOutput;
  readonly stderr: SafeOutput;
}

/**
 * The process as the command writes to it: all text passes `terminalSafe`. Standard output that is not a terminal takes text as it
 * is, and bytes are the user's wish (`--format raw`). Standard error is made safe also where it is a log, which is read on a
 * terminal one day. If it cannot be written to, notes are lost: nobody is there to be told, and no reason to stop.
 */
export function safeIo(io: CliIo): SafeIo {
  const { stdout, stderr } = io;
  return {
    ...io,
    stdout: safeOutput(stdout, (piece) => {
      stdout.write(piece);
    }),
    stderr: safeOutput(
      stderr,
      (piece) => {
        try {
          stderr.write(piece);
        } catch {
          // See above.
        }
      },
      true,
    ),
  };
}

function safeOutput(
  output: CliOutput,
  write: (piece: string | Uint8Array) => void,
  isAlwaysSafe = false,
): SafeOutput {
  /** A carriage return at the end of a piece, of which only the next one tells whether it ends a line. */
  let pending = '';
  return {
    write(piece) {
      if (typeof piece !== 'string' || !(isAlwaysSafe || output.isTerminal)) {
        write(piece);
        return;
      }
      const text = pending + piece;
      pending = text.endsWith('\r') ? '\r' : '';
      write(terminalSafe(pending === '' ? text : text.slice(0, -1)));
    },
    redraw(line) {
      write(`\r${terminalSafe(line)}\u001b[K`);
    },
    get file() {
      return output.file;
    },
    get isTerminal() {
      return output.isTerminal;
    },
    get columns() {
      return output.columns;
    },
  };
}
