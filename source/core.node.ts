/** What the entries that run in Node only share, built once. Not an entry itself. */
export { nodeAdapter, type NodeAdapterOptions } from './adapters/node.js';
export { type EncodedBody } from './body/EncodedBody.js';
export { type Connector } from './schemes/HttpConnections.js';
export { publicHosts, type PublicHostsOptions } from './schemes/publicHosts.js';
export {
  type SchemeHandler,
  type SchemeRedirect,
  type SchemeRequest,
  type SchemeResponse,
  type SchemeSink,
} from './schemes/SchemeHandler.js';
