/**
 * The adapter for Node, with options, and guards for its connections.
 *
 * @module readystream/node
 */

export { nodeAdapter, type NodeAdapterOptions } from './adapters/node.js';
export { type EncodedBody } from './body/RequestBody.js';
export { ftpWith } from './node/schemes/ftp.js';
export { type FtpOptions } from './node/schemes/ftpTarget.js';
export { type Connector } from './node/schemes/HttpConnections.js';
export { type HttpDispatcher, type HttpDispatchHandler } from './node/schemes/HttpDispatcher.js';
export { publicHosts, type PublicHostsOptions } from './node/schemes/publicHosts.js';
export {
  type SchemeExchange,
  type SchemeHandler,
  type SchemeRedirect,
  type SchemeRequest,
  type SchemeResponse,
  type SchemeSink,
} from './node/schemes/SchemeHandler.js';
