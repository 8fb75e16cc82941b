import { type Socket } from 'node:net';
import { type Dispatcher } from 'undici';
import { isReadystreamError } from '../../errors/guards.js';
import { LimitError } from '../../errors/LimitError.js';
import { type NetworkPhase } from '../../errors/NetworkError.js';
import { hasHeader } from '../../http/headerList.js';
import { splitHttpUrl } from '../../http/serializedUrl.js';
import { type ContentDecoder, type ContentDecoderTarget } from './ContentDecoder.js';
import { decodeContent } from './decodeContent.js';
import { headerPairs, reasonPhrase } from './fieldsOf.js';
import { growthError } from './growthError.js';
import { type HttpConnections } from './HttpConnections.js';
import { isLengthMismatch, networkErrorFrom, summarize } from './networkErrorFrom.js';
import {
  type SchemeExchange,
  type SchemeRedirect,
  type SchemeRequest,
  type SchemeSink,
} from './SchemeHandler.js';
import { UploadBody, type UploadTarget } from './UploadBody.js';

type HeaderRecord = Readonly<Record<string, string | string[] | undefined>>;

/** Bodies up to this size go out as one buffer together with the head. */
const wholeBodyBytes = 65_536;
const noRedirects: readonly SchemeRedirect[] = [];
const noDecoders: readonly ContentDecoder[] = [];

/**
 * One request and its response over undici's `dispatch`. It holds to two rules of undici: a controller comes only with `onRequestStart`, long after the request may have been aborted, and `resume` is
 * called only outside other responses' callbacks.
 */
export class HttpExchange
  implements Dispatcher.DispatchHandler, ContentDecoderTarget, UploadTarget, SchemeExchange
{
  readonly #request: SchemeRequest;
  readonly #sink: SchemeSink;
  readonly #connections: HttpConnections;
  #controller: Dispatcher.DispatchController | undefined;
  #phase: NetworkPhase = 'connect';
  /** Nothing is reported any more: ended, failed or aborted. */
  #over = false;
  #responseEnded = false;
  /** Whether the status says that there is no body, whatever `Content-Length` says (RFC 9110, 15.4.5). */
  #isBodiless = false;
  #connecting: Socket | undefined;
  #upload: UploadBody | undefined;
  #decoders: readonly ContentDecoder[] = noDecoders;
  #received = 0;
  #decodingWork = 0;
  #trailers: readonly string[] = [];

  constructor(request: SchemeRequest, sink: SchemeSink, connections: HttpConnections) {
    this.#request = request;
    this.#sink = sink;
    this.#connections = connections;
  }

  start(): void {
    const { method, url, limits } = this.#request;
    if (this.#over) return;
    this.#sink.connecting();
    try {
      const { origin, path } = splitHttpUrl(url);
      const body = this.#body();
      this.#connections.takeConnecting();
      this.#connections.dispatcherFor(limits.headerBytes).dispatch(
        {
          origin,
          path,
          method,
          headers: this.#headers() as string[],
          body: body as Buffer | null,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        this,
      );
      this.#takeConnecting();
      // With a body that is iterated undici starts only in a microtask, the one before this.
      if (this.#upload !== undefined) {
        queueMicrotask(() => {
          this.#takeConnecting();
        });
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Frees the connection, unless the response has been received whole. */
  abort(): void {
    if (!this.#over) this.#stop();
  }

  /** No more of the body is wanted for now. Where it is decoded, what waits is bounded by what the decoders hold. */
  pause(): void {
    const decoder = this.#decoders.at(-1);
    if (decoder === undefined) this.#controller?.pause();
    else decoder.pause();
  }

  /** Not to be called inside of another response's callback, which undici does not stand. */
  resume(): void {
    const decoder = this.#decoders.at(-1);
    if (decoder !== undefined) decoder.resume();
    // The connection may carry another response by now.
    else if (!this.#responseEnded) this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over) {
      controller.abort(new Error('aborted'));
      return;
    }
    this.#controller = controller;
    this.#connecting = undefined;
    this.#phase = this.#upload === undefined ? 'headers' : 'send';
    this.#sink.connected();
    const { body } = this.#request;
    // undici has written the whole of a small body when it comes back from here.
    if (body !== undefined && this.#upload === undefined) {
      queueMicrotask(() => {
        this.uploaded(body.length ?? 0);
      });
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: HeaderRecord,
    statusMessage = '',
  ): void {
    if (this.#over || status < 200) return;
    this.#isBodiless = status === 204 || status === 304;
    try {
      this.#phase = 'body';
      const coding = headers['content-encoding'];
      if (coding !== undefined && this.#request.encoded !== true)
        this.#decoders = decodeContent(String(coding), this, this.#mayGrow.bind(this));
    } catch (error) {
      this.#fail(error);
      return;
    }
    const length = headers['content-length'];
    const pairs = headerPairs(headers);
    if (this.#isOverHeaderLimit(pairs)) return;
    this.#sink.head({
      url: this.#request.url,
      status,
      statusText: reasonPhrase(statusMessage),
      headers: pairs,
      redirects: noRedirects,
      total: typeof length === 'string' && /^\d+$/.test(length) ? Number(length) : undefined,
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    this.#received += chunk.byteLength;
    this.#sink.received(chunk.byteLength);
    const [decoder] = this.#decoders;
    if (decoder === undefined) {
      // A view of what the socket read, which Node allocates anew for every read and undici only slices: it never changes.
      this.#sink.data(new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength));
    } else if (!decoder.write(chunk)) controller.pause();
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: HeaderRecord): void {
    this.#responseEnded = true;
    if (this.#over) return;
    this.#trailers = headerPairs(trailers);
    const [decoder] = this.#decoders;
    if (decoder === undefined) this.finished();
    else decoder.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    this.#responseEnded = true;
    if (this.#over) return;
    // undici misses the body that a 304 only speaks of.
    if (this.#isBodiless && isLengthMismatch(error)) this.finished();
    // What had arrived before the connection broke is handed over first.
    else this.#settle(0, error);
  }

  decoded(chunk: Uint8Array<ArrayBuffer>): void {
    if (!this.#over && this.#mayGrow(chunk.byteLength)) this.#sink.data(chunk);
  }

  drained(): void {
    this.#controller?.resume();
  }

  finished(): void {
    if (this.#over) return;
    this.#over = true;
    this.#upload?.close();
    this.#sink.end(this.#trailers);
  }

  failed(error: unknown): void {
    this.#fail(error);
  }

  uploaded(loaded: number): void {
    if (!this.#over && (this.#phase === 'send' || this.#phase === 'headers')) this.#sink.sent(loaded);
  }

  uploadFinished(): void {
    if (this.#phase === 'send') this.#phase = 'headers';
  }

  #body(): string | Uint8Array | UploadBody | null {
    const { body } = this.#request;
    if (body === undefined) return null;
    // A text goes as it is: a mock of the caller's compares it.
    if (typeof body.bytes !== 'function' && body.bytes.byteLength <= wholeBodyBytes)
      return body.text ?? body.bytes;
    return (this.#upload = new UploadBody(body.bytes, this));
  }

  #headers(): readonly string[] {
    const { headers, body } = this.#request;
    if (this.#upload === undefined || body?.length === undefined) return headers;
    if (hasHeader(headers, 'content-length')) return headers;
    return [...headers, 'content-length', String(body.length)];
  }

  /** Our own connections hold to the limit by themselves; a dispatcher of the caller has one of its own. */
  #isOverHeaderLimit(pairs: readonly string[]): boolean {
    const { headerBytes } = this.#request.limits;
    let bytes = 0;
    for (const part of pairs) bytes += part.length;
    if (bytes <= headerBytes) return false;
    this.#fail(new LimitError('headerBytes', headerBytes, { request: summarize(this.#request) }));
    return true;
  }

  #mayGrow(decoded: number): boolean {
    this.#decodingWork += decoded;
    const error = growthError(this.#decodingWork, this.#received, this.#request);
    if (error !== undefined) this.#fail(error);
    return error === undefined;
  }

  #settle(index: number, error: unknown): void {
    const decoder = this.#decoders[index];
    if (decoder === undefined) this.#fail(error);
    else {
      decoder.settle(() => {
        this.#settle(index + 1, error);
      });
    }
  }

  #fail(cause: unknown): void {
    if (this.#over) return;
    const error = isReadystreamError(cause) ? cause : networkErrorFrom(cause, this.#phase, this.#request);
    this.#stop();
    this.#sink.error(error);
  }

  #stop(): void {
    this.#over = true;
    this.#upload?.close();
    for (const decoder of this.#decoders) decoder.destroy();
    this.#connecting?.destroy(new Error('aborted'));
    if (!this.#responseEnded) this.#controller?.abort(new Error('aborted'));
  }

  #takeConnecting(): void {
    const socket = this.#connections.takeConnecting();
    if (this.#phase !== 'connect') return;
    if (this.#over) socket?.destroy(new Error('aborted'));
    else this.#connecting ??= socket;
  }
}
