import { subscribe } from 'node:diagnostics_channel';
import { type Socket } from 'node:net';
import { type ConnectionWatcher, type HttpConnection, type HttpTarget } from './HttpConnection.js';
import { HttpTap } from './HttpTap.js';
import { OriginUse } from './OriginUse.js';
import { type Http2StreamWatch, watchHttp2Stream } from './watchHttp2Stream.js';

/** What undici's channels say of a request. */
type UndiciRequest = HttpTarget;

/** A message of undici's channel `undici:client:sendHeaders`. */
interface SendHeaders {
  readonly request: UndiciRequest;
  readonly headers: string;
  readonly socket: Socket;
}

/** A message of undici's channels `undici:client:beforeConnect`, `connected` and `connectError`. */
interface Connecting {
  readonly connectParams: { readonly protocol: string; readonly host: string };
}

interface ConnectFailed extends Connecting {
  readonly error: Error & { code?: unknown };
}

/** How a socket is used. */
interface SocketUse {
  /** How many requests are under way on it, whoever makes them: several where they are pipelined. */
  running: number;
  /** How many requests it has carried. */
  served: number;
  /** The connection of the one request that uses it. */
  owner: ObservedConnection | undefined;
}

/** The request that undici has just announced: it is sent next, synchronously. */
let starting: ObservedConnection | undefined;
const uses = /*#__PURE__*/ new WeakMap<Socket, SocketUse>();
const usesByRequest = /*#__PURE__*/ new WeakMap<UndiciRequest, SocketUse>();
let isObserving = false;

/**
 * The connection that a request takes in a caller's dispatcher. undici does not tell its handler, but publishes on
 * [diagnostics channels](https://nodejs.org/api/diagnostics_channel.html) each connection that is being made, and the socket that
 * each request goes out on.
 */
export class ObservedConnection implements HttpConnection {
  readonly #target: HttpTarget;
  readonly #origin: OriginUse;
  readonly #watcher: ConnectionWatcher;
  #expectsContinue = false;
  #socket: Socket | undefined;
  #tap: HttpTap | undefined;
  #isReused = false;
  http2: Http2StreamWatch | undefined;

  constructor(target: HttpTarget, watcher: ConnectionWatcher) {
    observe();
    this.#target = target;
    this.#watcher = watcher;
    this.#origin = OriginUse.of(target.origin);
    this.#origin.await(watcher);
  }

  get isStale(): boolean {
    return this.#isReused && this.#tap?.hasReceived !== true;
  }

  get socket(): Socket | undefined {
    return this.#socket;
  }

  get reasonPhrase(): string | undefined {
    return this.#tap?.reasonPhrase;
  }

  dispatched(): void {
    this.#origin.settle();
  }

  starts(expectsContinue: boolean): void {
    this.#origin.leave(this.#watcher);
    this.#expectsContinue = expectsContinue;
    setStarting(this);
  }

  ends(): void {
    if (starting === this) starting = undefined;
    this.#origin.leave(this.#watcher);
    this.#socket = undefined;
    this.#tap?.remove();
  }

  /** Whether a request that goes out is this one: a dispatcher may respond on its own, without sending it. */
  isOf({ method, path }: UndiciRequest): boolean {
    return method === this.#target.method && path === this.#target.path;
  }

  takeStream(socket: Socket, isReused: boolean): void {
    this.#isReused = isReused;
    this.http2 = watchHttp2Stream(socket);
  }

  take(socket: Socket, isReused: boolean): void {
    this.#isReused = isReused;
    this.#socket = socket;
    this.#tap = new HttpTap(socket);
    this.#tap.begin(this.#expectsContinue);
  }
}

function setStarting(connection: ObservedConnection): void {
  starting = connection;
}

function observe(): void {
  if (isObserving) return;
  isObserving = true;
  subscribe('undici:client:beforeConnect', (message) => {
    useOf(message as Connecting).connecting();
  });
  subscribe('undici:client:connected', (message) => {
    useOf(message as Connecting).connected();
  });
  subscribe('undici:client:connectError', (message) => {
    connectFailed(message as ConnectFailed);
  });
  subscribe('undici:client:sendHeaders', (message) => {
    const own = starting;
    starting = undefined;
    sent(message as SendHeaders, own);
  });
  subscribe('undici:request:trailers', ended);
  subscribe('undici:request:error', ended);
}

function useOf({ connectParams: { protocol, host } }: Connecting): OriginUse {
  return OriginUse.of(`${protocol}//${host}`);
}

/**
 * Where a proxy hangs up on CONNECT, undici 7 dials again without end, as it takes the error for that of a connection that was
 * made. undici 8 gives the error a code of its own, which ends all requests that wait for the connection.
 */
function connectFailed(message: ConnectFailed): void {
  const use = useOf(message);
  const { error } = message;
  if (use.isAwaited && error.code === 'UND_ERR_SOCKET') error.code = 'UND_ERR_PRX_CONN';
  use.connected();
}

function sent({ request, headers, socket }: SendHeaders, own: ObservedConnection | undefined): void {
  const isOwn = own?.isOf(request) === true;
  // A tunnel through a proxy never comes to an end.
  if (request.method === 'CONNECT') return;
  let use = uses.get(socket);
  if (use === undefined) uses.set(socket, (use = { running: 0, served: 0, owner: undefined }));
  use.served++;
  // HTTP/2 has no request line: there a connection is shared.
  if (!headers.startsWith(`${request.method} `)) {
    if (isOwn) own.takeStream(socket, use.served > 1);
    return;
  }
  usesByRequest.set(request, use);
  OriginUse.of(request.origin).sent();
  use.running++;
  use.owner?.ends();
  use.owner = use.running === 1 && isOwn ? own : undefined;
  use.owner?.take(socket, use.served > 1);
}

function ended(message: unknown): void {
  const { request } = message as Pick<SendHeaders, 'request'>;
  const use = usesByRequest.get(request);
  if (use === undefined) return;
  usesByRequest.delete(request);
  OriginUse.of(request.origin).ended();
  use.running--;
  use.owner = undefined;
}
