import { Socket } from 'node:net';
import { Agent, buildConnector, Client, type Dispatcher, Pool } from 'undici';
import { type ConnectionWatcher, type HttpConnection, type HttpTarget } from './HttpConnection.js';
import { type HttpDispatcher } from './HttpDispatcher.js';
import { HttpTap } from './HttpTap.js';
import { ObservedConnection } from './ObservedConnection.js';

/** How connections are made: undici's connector, as {@link publicHosts} gives one. */
export type Connector = buildConnector.connector;

/** Says which dispatcher carries a request. */
export interface HttpConnections {
  /** @param isFresh - whether a new connection is wanted, as far as these connections can see to that. */
  dispatcherFor(headerBytes: number, isFresh: boolean): HttpDispatcher;
  /** The connection of a request that is about to be dispatched, where it is only seen from outside. */
  observe(target: HttpTarget, watcher: ConnectionWatcher): HttpConnection | undefined;
  /** The connection that the request has taken which is being dispatched, or has just been. */
  taken(): HttpConnection | undefined;
}

/**
 * Keep-alive pools, made when they are first used: one for each header limit in use, since undici has that limit per
 * client. undici's own time limits are off; those of the request hold.
 */
export function httpConnections(connector: Connector = buildConnector({ timeout: 0 })): HttpConnections {
  const kept = new Map<number, Agent>();
  const fresh = new Map<number, Agent>();
  return {
    dispatcherFor(headerBytes, isFresh) {
      const agents = isFresh ? fresh : kept;
      let agent = agents.get(headerBytes);
      if (agent === undefined) {
        agent = new Agent({
          maxHeaderSize: Math.min(headerBytes, Number.MAX_SAFE_INTEGER),
          headersTimeout: 0,
          bodyTimeout: 0,
          // 0 closes a connection behind its request.
          pipelining: isFresh ? 0 : 1,
          connect: connector,
          factory: (origin, options) =>
            new Pool(origin, { ...(options as Pool.Options), factory: makeClient }),
        });
        agents.set(headerBytes, agent);
      }
      return agent;
    },
    observe: () => undefined,
    taken: takeDispatched,
  };
}

/** The connections of a dispatcher of the caller's, which sees to them by itself. */
export function dispatcherConnections(dispatcher: HttpDispatcher): HttpConnections {
  return {
    dispatcherFor: () => dispatcher,
    observe: (target, watcher) => new ObservedConnection(target, watcher),
    taken: () => undefined,
  };
}

let shared: HttpConnections | undefined;

/** The keep-alive pool of all that bring no connections of their own, made when it is first used. */
export function sharedConnections(): HttpConnections {
  return (shared ??= httpConnections());
}

/** Where the last request went: a pool chooses that by itself, but at once. */
let dispatched: OwnConnection | undefined;

function takeDispatched(): HttpConnection | undefined {
  const taken = dispatched;
  dispatched = undefined;
  return taken;
}

/** The connection of a client in a pool of ours, for one request at a time. */
class OwnConnection implements HttpConnection {
  #socket: Socket | undefined;
  #tap: HttpTap | undefined;
  #isConnecting = false;
  #isUsed = false;
  /** How many requests its socket has carried. */
  #served = 0;
  /** A pool of ours never has HTTP/2, unless a caller's connector negotiates it. */
  readonly http2 = undefined;

  get isStale(): boolean {
    return this.#served > 1 && this.#tap?.hasReceived === false;
  }

  get socket(): Socket | undefined {
    return this.#isConnecting || this.#isUsed ? this.#socket : undefined;
  }

  get reasonPhrase(): string | undefined {
    return this.#tap?.reasonPhrase;
  }

  dispatched(): void {
    // Nothing is ever queued here.
  }

  starts(expectsContinue: boolean): void {
    this.#isUsed = true;
    this.#served++;
    this.#tap?.begin(expectsContinue);
  }

  ends(): void {
    this.#isUsed = false;
    this.#tap?.end();
  }

  /** A connector that is seen to make this connection. */
  watch(connector: Connector): Connector {
    // Typed as giving nothing, undici's connectors give their socket.
    const connect: (...parameters: Parameters<Connector>) => unknown = connector;
    return (target, callback) => {
      this.#isConnecting = true;
      const connecting = connect(target, (...result) => {
        const [, socket] = result;
        this.#isConnecting = false;
        // With an error there may be nothing in its place.
        if (socket instanceof Socket) this.#connected(socket);
        callback(...result);
      });
      // What has called back at once is connected by now.
      if (connecting instanceof Socket && this.#socket !== connecting) this.#socket = connecting;
      return connecting;
    };
  }

  #connected(socket: Socket): void {
    // A connection that speaks HTTP/2 is for many requests at a time.
    this.#served = 0;
    const isHttp2 = 'alpnProtocol' in socket && socket.alpnProtocol === 'h2';
    this.#socket = isHttp2 ? undefined : socket;
    this.#tap = isHttp2 ? undefined : new HttpTap(socket);
  }
}

/** A client that says which connection its requests go over. */
class WatchedClient extends Client {
  readonly #connection: OwnConnection;

  constructor(origin: URL, options: Client.Options, connection: OwnConnection) {
    super(origin, options);
    this.#connection = connection;
  }

  override dispatch(...parameters: Parameters<Client['dispatch']>): boolean {
    dispatched = this.#connection;
    return super.dispatch(...parameters);
  }
}

function makeClient(origin: URL, options: Client.Options): WatchedClient {
  const connection = new OwnConnection();
  // A pool gives its clients a connector, whatever it was given itself.
  const connect = connection.watch(options.connect as Connector);
  return new WatchedClient(origin, { ...options, connect }, connection);
}

/** By its code, undici's interceptors know that there is nothing to retry. */
export function abortError(): Error {
  return Object.assign(new Error('aborted'), { name: 'AbortError', code: 'UND_ERR_ABORTED' });
}

/**
 * Refuses a request that undici is about to send but that was aborted before. An error thrown here takes it out of the queue;
 * `abort()` would close the connection, on which nothing was sent. But only undici's own clients catch it.
 */
export function refuseStart(controller: Dispatcher.DispatchController): void {
  const error = abortError();
  if (/^(?:Unwrap|Request)Controller$/.test(controller.constructor.name)) throw error;
  controller.abort(error);
}

/**
 * Closes a connection so that the other side sees it broken, not ended. Node's `resetAndDestroy()` ends it first where nothing
 * is waiting to be written; what follows there on that is done by `destroy()`, which looks at this property.
 */
export function resetSocket(socket: Socket): void {
  if (!socket.connecting && !socket.destroyed) Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
