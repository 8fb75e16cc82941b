interface Running {
  /** What went wrong; empty where nothing did. */
  failure: string;
  isLoaded: boolean;
}

/**
 * Runs the modules that it is given one after the other, in a process of its own: the next when nothing of the last is
 * left to be done. After what each prints it writes a NUL, what went wrong (nothing, if all is well), and a NUL.
 */
const modules = process.argv.slice(2);
let running: Running | undefined;

process.on('uncaughtException', (error: unknown) => {
  if (running !== undefined) running.failure = error instanceof Error ? String(error.stack) : String(error);
});

process.on('beforeExit', () => {
  if (running !== undefined) {
    const stuck = running.isLoaded ? '' : 'it waits at its top level for what never comes';
    process.stdout.write(`\0${running.failure === '' ? stuck : running.failure}\0`);
  }
  const module = modules.shift();
  if (module === undefined) {
    running = undefined;
    return;
  }
  const started: Running = { failure: '', isLoaded: false };
  running = started;
  void import(module).finally(() => {
    started.isLoaded = true;
  });
});

export {};
