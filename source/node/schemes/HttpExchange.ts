import { type Dispatcher } from 'undici';
import { isReadystreamError } from '../../errors/guards.js';
import { LimitError } from '../../errors/LimitError.js';
import { type NetworkPhase } from '../../errors/NetworkError.js';
import { splitHttpUrl } from '../../http/serializedUrl.js';
import { type ContentDecoderTarget } from './ContentDecoder.js';
import {
  type HeaderRecord,
  lengthOf,
  type RawFields,
  reasonPhrase,
  responseHead,
  trailerPairs,
} from './fieldsOf.js';
import { type ConnectionWatcher, type HttpConnection } from './HttpConnection.js';
import { abortError, type HttpConnections, refuseStart } from './HttpConnections.js';
import { type HttpDispatchHandler } from './HttpDispatcher.js';
import { isLengthMismatch, networkErrorFrom, summarize } from './networkErrorFrom.js';
import { oldDispatcher, OldDispatchHandler } from './OldDispatchHandler.js';
import { ResponseDecoding } from './ResponseDecoding.js';
import { type SchemeExchange, type SchemeRequest, type SchemeSink } from './SchemeHandler.js';
import { mayResend, sentRequest } from './sentRequest.js';
import { type UploadBody, type UploadTarget } from './UploadBody.js';

/**
 * One request and its response over undici's `dispatch`. It keeps to two rules of undici: a controller comes with `onRequestStart`
 * only, long after the request may have been aborted, and `resume` is called only outside other responses' callbacks.
 */
export class HttpExchange
  extends OldDispatchHandler
  implements HttpDispatchHandler, ContentDecoderTarget, UploadTarget, ConnectionWatcher, SchemeExchange
{
  readonly #request: SchemeRequest;
  readonly #sink: SchemeSink;
  readonly #connections: HttpConnections;
  #controller: Dispatcher.DispatchController | undefined;
  #connection: HttpConnection | undefined;
  #phase: NetworkPhase = 'connect';
  /** Nothing is reported any more: ended, failed or aborted. */
  #over = false;
  #responseEnded = false;
  /** Whether the status says that there is no body, whatever `Content-Length` says (RFC 9110, 15.4.5). */
  #isBodiless = false;
  /** Whether the body waits until the server says that it wants it. */
  #expectsContinue = false;
  #announced: number | undefined;
  #upload: UploadBody | undefined;
  #decoding: ResponseDecoding | undefined;
  #received = 0;
  #trailers: readonly string[] = [];

  constructor(request: SchemeRequest, sink: SchemeSink, connections: HttpConnections) {
    super();
    this.#request = request;
    this.#sink = sink;
    this.#connections = connections;
  }

  /** @param isFresh - whether it is to go over a connection of its own, where it did not arrive over another. */
  start(isFresh = false): void {
    const { method, url, limits } = this.#request;
    if (this.#over) return;
    this.#sink.connecting();
    if (this.#isOver()) return;
    try {
      const { origin, path } = splitHttpUrl(url);
      this.#connection = this.#connections.observe({ origin, method, path }, this);
      const { headers, body, upload, expectContinue } = sentRequest(this.#request, this);
      this.#upload = upload;
      this.#expectsContinue = expectContinue;
      this.#connections.dispatcherFor(limits.headerBytes, isFresh).dispatch(
        {
          origin,
          path,
          method,
          headers: headers as string[],
          body: body as Buffer | null,
          expectContinue,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        this,
      );
      this.#connection ??= this.#connections.taken();
      if (this.#controller === undefined) this.#connection?.dispatched();
      // What is the caller's own may have aborted this meanwhile.
      if (this.#isOver()) this.#stop();
    } catch (error) {
      const isOld = error instanceof Error && /^invalid on\w+ method$/.test(error.message);
      this.#fail(isOld ? oldDispatcher(error) : error);
    }
  }

  /** Frees the connection, unless the response has been received whole. */
  abort(): void {
    if (!this.#over) this.#stop();
  }

  connecting(): void {
    this.#sink.connecting();
  }

  queued(): void {
    this.#sink.queued?.();
  }

  /** Stops reading the body for now. What the decoders hold bounds what may still arrive. */
  pause(): void {
    if (this.#decoding?.pause() !== true) this.#controller?.pause();
  }

  /** Must not be called inside another response's callback: undici cannot stand that. */
  resume(): void {
    if (this.#decoding?.resume() === true) return;
    // The connection may carry another response by now.
    if (!this.#responseEnded) this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over) {
      refuseStart(controller);
      return;
    }
    this.#controller = controller;
    this.#connection ??= this.#connections.taken();
    this.#connection?.starts(this.#expectsContinue);
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
    controller: Dispatcher.DispatchController,
    status: number,
    headers: HeaderRecord,
    statusMessage = '',
  ): void {
    if (!this.#over && status >= 200) this.#head(status, headers, statusMessage, controller.rawHeaders);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    // An interceptor may have begun anew in the middle.
    this.#controller = controller;
    this.#received += chunk.byteLength;
    this.#sink.received(chunk.byteLength);
    // A view of what the socket read, which Node allocates for every read and undici only slices: it never changes.
    const bytes = new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength);
    if (this.#decoding === undefined) this.#sink.data(bytes);
    else if (!this.#decoding.write(bytes)) controller.pause();
  }

  onResponseEnd(controller: Dispatcher.DispatchController, trailers: HeaderRecord): void {
    const isCutShort = this.#isCutShort();
    this.#ended();
    if (this.#over) return;
    if (isCutShort) {
      const received = `${this.#received}${this.#announced === undefined ? '' : ` of ${this.#announced}`} bytes`;
      this.#failLater(new Error(`the response was cut short: ${received} arrived`));
      return;
    }
    this.#trailers = trailerPairs(controller, trailers);
    if (this.#decoding === undefined) this.finished();
    else this.#decoding.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: unknown): void {
    const isStale = this.#connection?.isStale === true && this.#phase !== 'body';
    this.#ended();
    if (this.#over) return;
    if (isStale && mayResend(this.#request, error)) {
      this.#resend();
      return;
    }
    // undici misses the body that a 304 only speaks of.
    if (this.#isBodiless && isLengthMismatch(error)) this.finished();
    else this.#failLater(error);
  }

  protected override respond(status: number, statusText: string): void {
    this.#head(status, {}, statusText);
    this.finished();
  }

  decoded(chunk: Uint8Array<ArrayBuffer>): void {
    if (!this.#over) this.#sink.data(chunk);
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

  uploading(): void {
    if (!this.#over && this.#phase === 'send') this.#sink.sending?.();
  }

  uploaded(loaded: number): void {
    if (!this.#over && (this.#phase === 'send' || this.#phase === 'headers')) this.#sink.sent(loaded);
  }

  uploadFinished(): void {
    if (this.#phase === 'send') this.#phase = 'headers';
  }

  #head(status: number, headers: HeaderRecord, statusMessage: string, raw?: RawFields): void {
    this.#isBodiless = status === 204 || status === 304;
    try {
      this.#phase = 'body';
      const coding = headers['content-encoding'];
      if (coding !== undefined && this.#request.encoded !== true)
        this.#decoding = new ResponseDecoding(String(coding), this.#request, this);
    } catch (error) {
      this.#fail(error);
      return;
    }
    const { url, limits } = this.#request;
    const line = { url, status, statusText: this.#connection?.reasonPhrase ?? reasonPhrase(statusMessage) };
    const head = responseHead(line, headers, raw);
    this.#announced = head.total;
    // Our own connections keep to the limit on their own; a caller's dispatcher has one of its own.
    if (lengthOf(head.headers) <= limits.headerBytes) this.#sink.head(head);
    else this.#fail(new LimitError('headerBytes', limits.headerBytes, { request: summarize(this.#request) }));
  }

  /** The server closed a connection that had been idle, before it saw the request or said anything about it. */
  #resend(): void {
    this.#upload?.close();
    this.#controller = this.#connection = undefined;
    this.#responseEnded = false;
    this.#phase = 'connect';
    // undici is still closing the connection.
    queueMicrotask(() => {
      this.start(true);
    });
  }

  /** Fails once what had arrived before is handed over. */
  #failLater(error: unknown): void {
    const fail = (): void => {
      this.#fail(error);
    };
    if (this.#decoding === undefined) fail();
    else this.#decoding.settle(fail);
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
    this.#decoding?.destroy();
    if (this.#responseEnded) return;
    const error = abortError();
    // undici 7 keeps what was aborted in its queue until it is connected once more, unless the connection is closed by an error
    // that is not its own. In 8 it does not.
    this.#connection?.socket?.destroy(error);
    this.#controller?.abort(error);
    this.#connection?.ends();
  }

  /** Over HTTP/1.1 undici sees that by itself; over HTTP/2 it does not always, and undici 7 does not count. */
  #isCutShort(): boolean {
    const http2 = this.#connection?.http2;
    if (http2 === undefined || this.#isBodiless || this.#request.method === 'HEAD') return false;
    return http2.isCutShort() || (this.#announced ?? this.#received) !== this.#received;
  }

  #ended(): void {
    this.#responseEnded = true;
    this.#connection?.ends();
  }

  #isOver(): boolean {
    return this.#over;
  }
}
