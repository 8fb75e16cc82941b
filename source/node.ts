/**
 * The adapter for Node, to be given options, and guards for its connections.
 *
 * @module readystream/node
 */
export { nodeAdapter, type NodeAdapterOptions } from './core.node.js';
export { type FtpOptions, ftpWith } from './core.node.js';
export { type Connector, type EncodedBody, publicHosts, type PublicHostsOptions } from './core.node.js';
export {
  type SchemeHandler,
  type SchemeRedirect,
  type SchemeRequest,
  type SchemeResponse,
  type SchemeSink,
} from './core.node.js';
