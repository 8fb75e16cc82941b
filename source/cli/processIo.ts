import { readFileSync } from 'node:fs';
import { type CliIo, type StopSignal } from './CliIo.js';
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
  // What Node itself writes there, such as warnings, finds nobody either where a reader has gone.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    // Looking at process.stdout also puts a pipe into non-blocking mode, so that a full one is seen and waited for.
    stdout: fileOutput(1, process.stdout, whileWaiting),
    stderr: fileOutput(2, process.stderr, whileWaiting),
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
