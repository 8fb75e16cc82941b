import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compileProcess } from './compileProcess.js';

/** Runs a server of `servers/` in a process of its own while the work lasts; the work gets its base URL. */
export async function withServer<T>(name: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [await compileProcess(`servers/${name}`)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [url] = (await once(createInterface(server.stdout), 'line')) as [string];
    return await work(url);
  } finally {
    server.stdin.end();
  }
}
