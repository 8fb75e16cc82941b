import { defaultLimits } from '../../source/options/limits.js';
import { HeaderMap } from '../../source/request/HeaderMap.js';
import {
  type ReadyStateEvent,
  type RequestHead,
  type ResponseHead,
} from '../../source/request/ReadyStateEvent.js';

/** What a scripted exchange differs in from `GET https://example.org/` answered by `200 OK`. */
export interface Exchange {
  readonly request?: Partial<RequestHead>;
  readonly response?: Partial<ResponseHead>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The events of one exchange whose body arrives in these pieces. */
export function eventsOf(
  pieces: readonly (Uint8Array | string)[],
  exchange: Exchange = {},
  attempt = 1,
): ReadyStateEvent[] {
  const response = responseOf(exchange);
  const request: RequestHead = {
    method: 'GET',
    url: 'https://example.org/',
    repeatable: true,
    headers: new HeaderMap(),
    limits: defaultLimits,
    ...exchange.request,
  };
  let loaded = 0;
  const loading = pieces.map((piece): ReadyStateEvent => {
    const chunk = typeof piece === 'string' ? new TextEncoder().encode(piece) : Uint8Array.from(piece);
    loaded += chunk.length;
    return { readyState: 3, response, chunk, progress: { loaded, transferred: loaded, total: undefined } };
  });
  return [
    { readyState: 1, request, attempt },
    { readyState: 2, response },
    ...loading,
    {
      readyState: 4,
      response,
      progress: { loaded, transferred: loaded, total: undefined },
      trailers: new HeaderMap(),
      timings: { startedAt: 0, headers: 1, firstChunk: loaded > 0 ? 1 : undefined, done: 2 },
    },
  ];
}

/** The head of a scripted exchange. */
export function responseOf({ response, headers = {} }: Exchange = {}): ResponseHead {
  return {
    url: 'https://example.org/',
    status: 200,
    statusText: 'OK',
    ok: true,
    headers: HeaderMap.from(headers),
    redirects: [],
    mimeType: undefined,
    decodedAs: undefined,
    ...response,
  };
}
