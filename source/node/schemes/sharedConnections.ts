import { httpConnections, type HttpConnections } from './HttpConnections.js';

let shared: HttpConnections | undefined;

/** The keep-alive pool of all that bring no connections of their own, made when it is first used. */
export function sharedConnections(): HttpConnections {
  return (shared ??= httpConnections());
}
