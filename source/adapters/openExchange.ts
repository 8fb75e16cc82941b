import { type Subscriber } from 'rxjs';
import { isReadystreamError } from '../errors/guards.js';
import { LimitError } from '../errors/LimitError.js';
import { NetworkError } from '../errors/NetworkError.js';
import { withoutFragment } from '../http/serializedUrl.js';
import { HeaderMap } from '../request/HeaderMap.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type Progress, type ReadyStateEvent, type ResponseHead } from '../request/ReadyStateEvent.js';
import { watchRequest } from './watchRequest.js';

/** What an adapter over a browser's API reports of one request and its response. */
export interface Exchange {
  /** So much of the request's body is on its way. Upload events that come after the response's head are not told. */
  readonly uploaded: (loaded: number, total: number | undefined) => void;
  /** The response's head is there: where it was answered from, and its fields, names and values in turn. */
  readonly head: (line: Pick<ResponseHead, 'url' | 'status' | 'statusText'>, raw: readonly string[]) => void;
  /** The network is alive, the idle clock starts anew. So many bytes of the body have come on the wire, if that is known. */
  readonly arrived: (transferred: number | undefined) => void;
  /** From now on the response says that the platform decoded the body by itself. */
  readonly decodedByPlatform: () => void;
  /** More of the body is there. */
  readonly loading: (chunk: Uint8Array<ArrayBuffer>) => void;
  /** The response is complete. */
  readonly done: () => void;
  /** The network failed, or what stands for it: what lies underneath, and words for it where its own do not do. */
  readonly fail: (cause: unknown, detail?: string) => void;
}

/**
 * Emits OPENED and starts the clocks. What is then reported of the request becomes events: this keeps the grammar,
 * whatever the platform's API does. Where the subscriber is closed afterwards, nothing is to be sent.
 */
export function openExchange(request: NormalizedRequest, subscriber: Subscriber<ReadyStateEvent>): Exchange {
  const { url, limits, mimeType } = request;
  const opened = { readyState: 1, request, attempt: 1 } as const;
  const timings = { startedAt: Date.now(), headers: 0, firstChunk: undefined as number | undefined, done: 0 };
  const start = performance.now();
  let response: ResponseHead | undefined;
  let loaded = 0;
  let transferred: number | undefined;
  let total: number | undefined;
  const elapsed = (): number => performance.now() - start;
  const progress = (): Progress => ({ loaded, transferred, total });

  const watch = watchRequest(request, request, (error) => {
    subscriber.error(error);
  });
  subscriber.add(watch.stop);
  subscriber.next(opened);
  return {
    uploaded(sent, all) {
      if (!response) subscriber.next({ ...opened, upload: { loaded: sent, transferred: sent, total: all } });
    },
    head(line, raw) {
      // As many bytes as on the wire: ': ' after a name, CRLF after a value.
      if (raw.join('\r\n').length + 2 > limits.headerBytes) {
        subscriber.error(new LimitError('headerBytes', limits.headerBytes, { request }));
        return;
      }
      const fields = new HeaderMap(raw);
      const length = fields.get('content-length') ?? '';
      if (/^\d+$/.test(length)) total = Number(length);
      timings.headers = elapsed();
      response = {
        ...line,
        url: withoutFragment(line.url || url),
        ok: line.status >= 200 && line.status <= 299,
        headers: fields,
        redirects: undefined,
        mimeType,
        decodedAs: undefined,
      };
      watch.headersReceived();
      subscriber.next({ readyState: 2, response });
    },
    arrived(onWire) {
      transferred = onWire;
      watch.bytesArrived();
    },
    decodedByPlatform() {
      if (response) response = { ...response, decodedAs: 'utf-8' };
    },
    loading(chunk) {
      if (!response || !chunk.length) return;
      timings.firstChunk ??= elapsed();
      loaded += chunk.length;
      subscriber.next({ readyState: 3, response, chunk, progress: progress() });
    },
    done() {
      if (!response) return;
      timings.done = elapsed();
      subscriber.next({ readyState: 4, response, progress: progress(), trailers: undefined, timings });
      subscriber.complete();
    },
    fail(cause, detail) {
      subscriber.error(
        isReadystreamError(cause)
          ? cause
          : new NetworkError(response ? 'body' : 'headers', { request, cause, detail }),
      );
    },
  };
}
