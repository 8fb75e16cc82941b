import { fstatSync, fsyncSync, ftruncateSync, writeSync } from 'node:fs';
import { type CliOutput } from './CliIo.js';
import { ClosedPipeError } from './exit.js';

/** The first and the longest wait for a full pipe, in milliseconds. */
const shortestWait = 1;
const longestWait = 16;

/** A pipe's reader has closed it, also as Windows says it, or a socket's. */
const gone = ['EPIPE', 'EOF', 'ECONNRESET'];

/**
 * Writes to a file descriptor and returns when all is written. While the reader is slow the process stands still: it
 * takes nothing from the socket, whose window closes, so a slow reader slows the server and memory stays flat. (Streams
 * would queue what is not yet written, without bound.)
 *
 * @param whileWaiting - called before a wait for the reader; what it returns is called after it. No listener of a signal
 *   runs in between.
 */
export function fileOutput(
  descriptor: number,
  terminal: { readonly isTTY?: boolean; readonly columns?: number },
  whileWaiting: () => () => void,
): CliOutput {
  return {
    write(piece) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      for (let written = 0; written < bytes.length;) {
        written += writeSome(descriptor, bytes.subarray(written), whileWaiting);
      }
    },
    get file() {
      return fstatSync(descriptor).isFile()
        ? {
            size: () => fstatSync(descriptor).size,
            truncate(size: number) {
              ftruncateSync(descriptor, size);
            },
            sync() {
              fsyncSync(descriptor);
            },
          }
        : undefined;
    },
    get isTerminal() {
      return terminal.isTTY === true;
    },
    get columns() {
      return terminal.isTTY === true ? terminal.columns : undefined;
    },
  };
}

function writeSome(descriptor: number, bytes: Uint8Array, whileWaiting: () => () => void): number {
  let wait = 0;
  let waited: (() => void) | undefined;
  try {
    for (;;) {
      try {
        return writeSync(descriptor, bytes);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== undefined && gone.includes(code)) throw new ClosedPipeError(error);
        if (code !== 'EAGAIN') throw error;
      }
      waited ??= whileWaiting();
      wait = Math.min(Math.max(wait * 2, shortestWait), longestWait);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  } finally {
    waited?.();
  }
}
