import { Agent, type buildConnector, type Dispatcher } from 'undici';

/** How connections are made: undici's connector, as {@link publicHosts} gives one. */
export type Connector = buildConnector.connector;

/** Says which dispatcher carries a request. */
export interface HttpConnections {
  dispatcherFor(headerBytes: number): Dispatcher;
}

/**
 * Keep-alive pools, made when they are first used: one for each header limit in use, since undici has that limit per
 * client. undici's own time limits are off; those of the request hold.
 */
export function httpConnections(connector?: Connector): HttpConnections {
  const agents = new Map<number, Agent>();
  return {
    dispatcherFor(headerBytes) {
      let agent = agents.get(headerBytes);
      if (agent === undefined) {
        agent = new Agent({
          maxHeaderSize: Math.min(headerBytes, Number.MAX_SAFE_INTEGER),
          headersTimeout: 0,
          bodyTimeout: 0,
          connect: connector ?? { timeout: 0 },
        });
        agents.set(headerBytes, agent);
      }
      return agent;
    },
  };
}
