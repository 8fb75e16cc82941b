import { parentPort, Worker, workerData } from 'node:worker_threads';
import { testServer } from './testServer.js';
import { threadRoutes } from './threadRoutes.js';

/** A test server in a thread of its own. */
export interface ServerThread {
  readonly origin: string;
  close(): Promise<unknown>;
}

const mark = 'the thread of a test server';

/**
 * Starts the test server in another thread, for tests in which this one stands still: its routes, and those of
 * `threadRoutes.ts`. What it saw is asked for at `/log`.
 */
export async function serverThread(): Promise<ServerThread> {
  const worker = new Worker(new URL(import.meta.url), { workerData: mark, execArgv: [] });
  const origin = await new Promise<string>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  return { origin, close: () => worker.terminate() };
}

if (workerData === mark) {
  const { origin, routes } = await testServer();
  for (const [path, route] of threadRoutes) routes.set(path, route);
  parentPort?.postMessage(origin);
}
