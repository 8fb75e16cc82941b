import { type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { type Socket } from 'node:net';

/** The stream of one request over HTTP/2. */
export interface Http2StreamWatch {
  /** Whether the body ended without the end that the server has to send, or part of it was dropped. */
  isCutShort(): boolean;
}

/**
 * Watches the stream that is opened next on a connection. undici (7.30 and 8.13 alike) takes RST_STREAM with the codes NO_ERROR and
 * CANCEL in the middle of a body for its end, as Node does, which reports them as `end` and nothing else. And where trailers
 * arrive while a body is paused, undici 7 drops what it has not read of it.
 */
export function watchHttp2Stream(socket: Socket): Http2StreamWatch {
  let opened: ClientHttp2Stream | undefined;
  let isReset = false;
  const session = sessionOf(socket);
  if (session !== undefined) {
    const request: ClientHttp2Session['request'] = (...parameters) => {
      // For this one stream.
      delete (session as Partial<ClientHttp2Session>).request;
      const stream = (opened = session.request(...parameters));
      let isEnded = false;
      const push = stream.push.bind(stream);
      stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
        // Node ends a readable side by a frame that says so, or, when the stream has been closed, without one.
        if (chunk === null && !isEnded) {
          isEnded = true;
          isReset = stream.closed;
        }
        return push(chunk, encoding);
      };
      return stream;
    };
    session.request = request;
  }
  return { isCutShort: () => isReset || (opened?.readableLength ?? 0) > 0 };
}

/** Node and undici both keep it on the socket, by symbols of their own. */
function sessionOf(socket: Socket): ClientHttp2Session | undefined {
  for (const symbol of Object.getOwnPropertySymbols(socket)) {
    const value = (socket as unknown as Record<symbol, unknown>)[symbol];
    if (isSession(value)) return value;
  }
  return undefined;
}

function isSession(value: unknown): value is ClientHttp2Session {
  const { request, goaway } = (value ?? {}) as Partial<ClientHttp2Session>;
  return typeof request === 'function' && typeof goaway === 'function';
}
