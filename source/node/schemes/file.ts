import { close, constants, fstat, open, read, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import { isatty, ReadStream } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { getHeader } from '../../http/headerList.js';
import { parseUrl, percentDecode, shownUrl, withoutCredentials } from '../../http/serializedUrl.js';
import { Valve } from '../../options/Valve.js';
import { summarize } from './networkErrorFrom.js';
import { type ByteRange, resolveRange } from './parseSingleRangeHeaderValue.js';
import { type SchemeExchange, type SchemeRequest, type SchemeSink } from './SchemeHandler.js';

const chunkBytes = 65_536;

/**
 * Handles `file:` URLs, `GET` and `HEAD` only. Never enabled by default; redirects never lead here.
 *
 * - For a `Range` of a file the response is that part, as for a `blob:` URL. A file without a length is sent whole.
 * - As many bytes are read as the file had when it was opened; fewer are an error.
 * - Pipes and terminals are awaited without delaying other files: no open or read blocks. A device with nothing to read at once
 * is an error, and so are directories and sockets.
 */
export function file(request: SchemeRequest, sink: SchemeSink): SchemeExchange {
  const reading = new FileReading(request, sink);
  void reading.run();
  return reading;
}

/** An open file: one with a length, or a source whose bytes arrive over time. */
interface OpenFile {
  readonly descriptor: number;
  readonly stats: Stats;
}

class FileReading implements SchemeExchange {
  readonly #request: SchemeRequest;
  readonly #sink: SchemeSink;
  #phase: NetworkPhase = 'connect';
  #isAborted = false;
  readonly #valve = new Valve();
  #stream: Socket | undefined;

  constructor(request: SchemeRequest, sink: SchemeSink) {
    this.#request = request;
    this.#sink = sink;
  }

  /** Never rejects. */
  async run(): Promise<void> {
    try {
      const opened = await openFile(this.#request);
      this.#phase = 'body';
      await this.#read(opened);
      if (!this.#isAborted) this.#sink.end([]);
    } catch (cause) {
      if (this.#isAborted) return;
      const request = summarize(this.#request);
      const reason =
        this.#phase === 'connect' ? 'the file could not be opened' : 'the file could not be read to its end';
      this.#sink.error(
        cause instanceof NetworkError ? cause : new NetworkError(this.#phase, { request, reason, cause }),
      );
    }
  }

  abort(): void {
    this.#isAborted = true;
    this.#valve.resume();
    // It may wait for ever.
    this.#stream?.destroy();
  }

  pause(): void {
    this.#valve.pause();
  }

  resume(): void {
    this.#valve.resume();
  }

  async #read({ descriptor, stats }: OpenFile): Promise<void> {
    const isWaitedFor = stats.isFIFO() || (stats.isCharacterDevice() && isatty(descriptor));
    // The stream closes the descriptor itself.
    if (isWaitedFor && !this.#isAborted) return this.#readStream(descriptor, stats);
    try {
      if (this.#isAborted) return;
      await (stats.isFile() ? this.#readFile(descriptor, stats.size) : this.#readDevice(descriptor));
    } finally {
      await closeDescriptor(descriptor);
    }
  }

  /** Reads through the event loop, not in one of the few threads that all files share. */
  async #readStream(descriptor: number, stats: Stats): Promise<void> {
    const stream = stats.isFIFO()
      ? new Socket({ fd: descriptor, readable: true, writable: false })
      : new ReadStream(descriptor);
    this.#stream = stream;
    try {
      if (!this.#head(Infinity)) return;
      for await (const chunk of stream as AsyncIterable<Buffer<ArrayBuffer>>) {
        if (!(await this.#data(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)))) return;
      }
    } finally {
      stream.destroy();
    }
  }

  async #readDevice(descriptor: number): Promise<void> {
    let isWanted = this.#head(Infinity);
    while (isWanted) {
      const chunk = await readFully(descriptor, chunkBytes, null);
      isWanted = chunk.byteLength > 0 && (await this.#data(chunk));
    }
  }

  async #readFile(descriptor: number, size: number): Promise<void> {
    // Files in /proc claim to be empty, and those in /sys to be a page long: their length is only known once they are read.
    const first = size <= chunkBytes ? await readFully(descriptor, size || chunkBytes, 0) : undefined;
    if (this.#isAborted) return;
    const hasLength = size > 0 || first === undefined || first.byteLength < chunkBytes;
    const fullLength = hasLength ? (first?.byteLength ?? size) : Infinity;
    const range = hasLength ? this.#range(fullLength) : undefined;
    const { start, end } = range ?? { start: 0, end: fullLength - 1 };
    let isWanted = this.#head(end + 1 - start, range && `bytes ${start}-${end}/${fullLength}`);
    let position = start;
    while (isWanted && position <= end) {
      const wanted = Math.min(chunkBytes, end + 1 - position);
      const chunk =
        first !== undefined && position < first.byteLength
          ? first.subarray(position, position + wanted)
          : await readFully(descriptor, wanted, position);
      if (chunk.byteLength === 0) {
        if (!hasLength) return;
        throw new Error(`it shrank: only ${position} of ${fullLength} bytes could be read`);
      }
      position += chunk.byteLength;
      isWanted = await this.#data(chunk);
    }
  }

  /** Returns the range of bytes that a `GET` requests. */
  #range(fullLength: number): ByteRange | undefined {
    const { method, headers } = this.#request;
    const field = method === 'GET' ? getHeader(headers, 'range') : undefined;
    const range = field === undefined ? undefined : resolveRange(field, fullLength);
    if (typeof range !== 'string') return range;
    throw new NetworkError('connect', { request: summarize(this.#request), reason: range });
  }

  /**
   * @param length - how many bytes follow; Infinity if unknown.
   * @returns whether to send them.
   */
  #head(length: number, contentRange?: string): boolean {
    const total = Number.isFinite(length) ? length : undefined;
    const headers = total === undefined ? [] : ['content-length', String(total)];
    if (contentRange !== undefined) headers.push('content-range', contentRange);
    const status = contentRange === undefined ? 200 : 206;
    const statusText = contentRange === undefined ? 'OK' : 'Partial Content';
    this.#sink.head({ url: this.#request.url, status, statusText, headers, redirects: [], total });
    return this.#request.method !== 'HEAD' && !this.#isAborted;
  }

  /** Returns whether to continue; after a pause, if there is one. */
  async #data(chunk: Uint8Array<ArrayBuffer>): Promise<boolean> {
    if (this.#isAborted) return false;
    this.#sink.received(chunk.byteLength);
    this.#sink.data(chunk);
    await this.#valve.opened;
    return !this.#isAborted;
  }
}

const openDescriptor = /*#__PURE__*/ promisify(open);
const closeDescriptor = /*#__PURE__*/ promisify(close);
const statDescriptor = /*#__PURE__*/ promisify(fstat);

async function openFile({ method, url }: SchemeRequest): Promise<OpenFile> {
  if (method !== 'GET' && method !== 'HEAD')
    throw new Error(`a file: URL only supports GET and HEAD, not ${method}`);
  const parsed = parseUrl(withoutCredentials(url));
  if (parsed === undefined) throw new Error(`${shownUrl(url)} is not a valid URL`);
  // Without O_NONBLOCK, opening a pipe waits for its other end in one of the four threads that all files share; without O_NOCTTY,
  // a terminal may become this process's controlling terminal. Windows has neither.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const descriptor = await openDescriptor(pathOf(parsed), flags);
  try {
    const stats = await statDescriptor(descriptor);
    if (stats.isDirectory()) throw new Error('EISDIR: illegal operation on a directory, read');
    return { descriptor, stats };
  } catch (error) {
    await closeDescriptor(descriptor);
    throw error;
  }
}

/** Returns the path of a `file:` URL as bytes, since a name need not be UTF-8; on Windows as text. */
function pathOf({ href, hostname, pathname }: URL): Buffer | string {
  if (process.platform === 'win32') return fileURLToPath(href.replace(/%(?![\da-f]{2})/gi, '%25'));
  if (hostname !== '') throw new Error(`files of another host (${hostname}) cannot be read`);
  if (/%2f/i.test(pathname)) throw new Error('a file name cannot contain a slash (%2F)');
  return Buffer.from(percentDecode(pathname));
}

/** Reads the given number of bytes, or all up to the end, into new memory: chunks passed on never change. */
async function readFully(
  descriptor: number,
  byteLength: number,
  position: number | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(byteLength);
  let filled = 0;
  while (filled < byteLength) {
    const at = position === null ? null : position + filled;
    const bytesRead = await readSome(descriptor, bytes.subarray(filled), at);
    if (bytesRead === 0) break;
    filled += bytesRead;
    // Data that a device has now does not wait for later data.
    if (position === null) break;
  }
  return bytes.subarray(0, filled);
}

function readSome(descriptor: number, into: Uint8Array, position: number | null): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, into, 0, into.byteLength, position, (error, bytesRead) => {
      if (error === null) resolve(bytesRead);
      else reject(error);
    });
  });
}
