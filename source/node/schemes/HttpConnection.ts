import { type Socket } from 'node:net';
import { type Http2StreamWatch } from './watchHttp2Stream.js';

/** What a dispatcher is given of a request. */
export interface HttpTarget {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
}

/** Hears of the connections that a request waits for. */
export interface ConnectionWatcher {
  /** A connection is being made, which may be that of the request. */
  connecting(): void;
  /** None is being made: the request waits for those before it. */
  queued(): void;
}

/** The connection that a request goes over, as far as it can be seen. */
export interface HttpConnection {
  /** Whether it had carried another request before, and nothing of the response has arrived. */
  readonly isStale: boolean;
  /** Its socket, while no other request waits for it or uses it. */
  readonly socket: Socket | undefined;
  /** Over HTTP/2, the stream of the request. */
  readonly http2: Http2StreamWatch | undefined;
  /** The reason phrase of its response, its bytes as code points, where that is known and not ASCII. */
  readonly reasonPhrase: string | undefined;
  /** The dispatcher has taken the request. */
  dispatched(): void;
  /**
   * undici is about to send the request.
   *
   * @param expectsContinue - whether its body is to wait until the server wants it; over HTTP/2 undici sees to that by itself.
   */
  starts(expectsContinue: boolean): void;
  /** The request is over, or never starts. */
  ends(): void;
}
