import { type FileHandle, open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { parseUrl, shownUrl, withoutCredentials } from '../../http/serializedUrl.js';
import { summarize } from './networkErrorFrom.js';
import { type SchemeRequest, type SchemeSink } from './SchemeHandler.js';

const chunkBytes = 65_536;

/** Local files by `file:` URL, `GET` and `HEAD` only. Never a default; a redirect never leads here. */
export function file(request: SchemeRequest, sink: SchemeSink): () => void {
  let aborted = false;
  const isAborted = (): boolean => aborted;
  const fail = (phase: NetworkPhase, reason: string, cause: unknown): void => {
    if (!aborted) sink.error(new NetworkError(phase, { request: summarize(request), reason, cause }));
  };
  openFile(request).then(
    ([handle, total]) =>
      read(handle, total, request, sink, isAborted).then(
        () => {
          if (!aborted) sink.end([]);
        },
        (cause: unknown) => {
          fail('body', 'the file could not be read to its end', cause);
        },
      ),
    (cause: unknown) => {
      fail('connect', 'the file could not be opened', cause);
    },
  );
  return () => {
    aborted = true;
  };
}

/** The file, and its size where it has one: a pipe or a device has none. */
async function openFile({
  method,
  url,
}: SchemeRequest): Promise<[handle: FileHandle, total: number | undefined]> {
  if (method !== 'GET' && method !== 'HEAD')
    throw new Error(`a file can be read, but nothing else (${method})`);
  const parsed = parseUrl(withoutCredentials(url));
  if (parsed === undefined) throw new Error(`${shownUrl(url)} is no URL`);
  const handle = await open(fileURLToPath(parsed));
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new Error('EISDIR: illegal operation on a directory, read');
    return [handle, stats.isFile() ? stats.size : undefined];
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function read(
  handle: FileHandle,
  total: number | undefined,
  { method, url }: SchemeRequest,
  sink: SchemeSink,
  isAborted: () => boolean,
): Promise<void> {
  try {
    if (isAborted()) return;
    const headers = total === undefined ? [] : ['content-length', String(total)];
    sink.head({ url, status: 200, statusText: 'OK', headers, redirects: [], total });
    let loaded = 0;
    while (method !== 'HEAD' && !isAborted()) {
      // A new buffer for each read: what was handed over never changes.
      const { bytesRead, buffer } = await handle.read(new Uint8Array(chunkBytes), 0, chunkBytes, null);
      if (isAborted()) return;
      if (bytesRead === 0) {
        if (loaded < (total ?? 0)) throw new Error(`it shrank: ${loaded} of ${total ?? 0} bytes were there`);
        return;
      }
      loaded += bytesRead;
      sink.received(bytesRead);
      sink.data(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
