import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

/** A server of [tus](https://tus.io/protocols/resumable-upload) over a directory of its own. */
export interface TusServer {
  /** Where uploads are created. */
  readonly endpoint: string;
  /** Each request so far: its method, and the offset of a PATCH. */
  readonly log: readonly string[];
  /** Takes the next PATCH at an offset away from the server: it is neither read nor answered. */
  holdPatch(offset: number): Promise<IncomingMessage>;
  /** The bytes of an upload. */
  contentOf(url: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** Starts a {@link TusServer} on a free port. */
export async function tusServer(): Promise<TusServer> {
  const directory = await mkdtemp(join(tmpdir(), 'readystream-tus-'));
  const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) });
  const log: string[] = [];
  const holds = new Map<string, (request: IncomingMessage) => void>();
  const server = createServer((request, response) => {
    const { method = '', headers } = request;
    const offset = headers['upload-offset'];
    const entry = typeof offset === 'string' ? `${method} ${offset}` : method;
    log.push(entry);
    // A client that goes away is part of the test.
    request.on('error', () => undefined);
    const hold = holds.get(entry);
    holds.delete(entry);
    if (hold === undefined) void tus.handle(request, response);
    else hold(request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/files`,
    log,
    holdPatch: (offset) => new Promise((resolve) => holds.set(`PATCH ${offset}`, resolve)),
    contentOf: (url) => readFile(join(directory, new URL(url).pathname.replace('/files/', ''))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true });
    },
  };
}
