import { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';

/** How connections are made: undici's connector, as {@link publicHosts} gives one. */
export type Connector = buildConnector.connector;

/** Says which dispatcher carries a request. */
export interface HttpConnections {
  dispatcherFor(headerBytes: number): Dispatcher;
  /**
   * The connection that the dispatcher has begun to make since the last call, where that can be seen. undici offers no
   * way to give up a request before it is connected: whoever waits for the connection alone may destroy it.
   */
  takeConnecting(): Socket | undefined;
}

/**
 * Keep-alive pools, made when they are first used: one for each header limit in use, since undici has that limit per
 * client. undici's own time limits are off; those of the request hold.
 */
export function httpConnections(connector: Connector = buildConnector({ timeout: 0 })): HttpConnections {
  const agents = new Map<number, Agent>();
  let connecting: Socket | undefined;
  // Typed as giving nothing, undici's connectors give their socket.
  const connectSocket: (...parameters: Parameters<Connector>) => unknown = connector;
  const connect: Connector = (options, callback) => {
    const socket = connectSocket(options, callback);
    if (socket instanceof Socket) connecting = socket;
    return socket;
  };
  return {
    dispatcherFor(headerBytes) {
      let agent = agents.get(headerBytes);
      if (agent === undefined) {
        const maxHeaderSize = Math.min(headerBytes, Number.MAX_SAFE_INTEGER);
        agent = new Agent({ maxHeaderSize, headersTimeout: 0, bodyTimeout: 0, connect });
        agents.set(headerBytes, agent);
      }
      return agent;
    },
    takeConnecting() {
      const taken = connecting;
      connecting = undefined;
      return taken;
    },
  };
}

/** The connections of a dispatcher of the caller's, which sees to them by itself. */
export function dispatcherConnections(dispatcher: Dispatcher): HttpConnections {
  return { dispatcherFor: () => dispatcher, takeConnecting: () => undefined };
}

let shared: HttpConnections | undefined;

/** The keep-alive pool of all that bring no connections of their own, made when it is first used. */
export function sharedConnections(): HttpConnections {
  return (shared ??= httpConnections());
}

/**
 * Closes a connection so that the other side sees it broken, not ended. Node's `resetAndDestroy()` ends it first where nothing
 * is waiting to be written; what follows there on that is done by `destroy()`, which looks at this property.
 */
export function resetSocket(socket: Socket): void {
  if (!socket.connecting && !socket.destroyed) Object.assign(socket, { resetAndClosing: true });
  socket.destroy();
}
