import { readFileSync } from 'node:fs';
import { type CliIo, type CliOutput, type StopSignal } from './CliIo.js';
import { ClosedPipeError } from './exit.js';
import { fileOutput } from './fileOutput.js';

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM'];

/**
 * The process that the command was started as.
 *
 * @param packageJson - where the package's description lies: only the entry knows, since the build moves all else.
 */
export function processIo(packageJson: URL): CliIo {
  let listener: ((signal: StopSignal) => void) | undefined;
  const listen = () => {
    for (const signal of stopSignals) if (listener !== undefined) process.on(signal, listener);
  };
  const ignore = () => {
    for (const signal of stopSignals) if (listener !== undefined) process.off(signal, listener);
  };
  // No listener runs while the process waits for a reader: without one, a signal ends the process at once, which is
  // what the user wants of it, and the system closes the connection.
  const whileWaiting = () => {
    ignore();
    return listen;
  };
  return {
    // Looking at process.stdout also puts a pipe into non-blocking mode, so that a full one is seen and waited for.
    stdout: fileOutput(1, process.stdout, whileWaiting),
    stderr: unread(fileOutput(2, process.stderr, whileWaiting)),
    onStopSignal(stop) {
      listener = stop;
      listen();
      return () => {
        ignore();
        listener = undefined;
      };
    },
    version() {
      return (JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string }).version;
    },
    peakMemory() {
      return process.resourceUsage().maxRSS * 1024;
    },
  };
}

/** The same output, but nobody has to read it: notes that nobody wants are no reason to stop. */
function unread(output: CliOutput): CliOutput {
  return {
    write(piece) {
      try {
        output.write(piece);
      } catch (error) {
        if (!(error instanceof ClosedPipeError)) throw error;
      }
    },
    get isTerminal() {
      return output.isTerminal;
    },
    get columns() {
      return output.columns;
    },
  };
}
