/** What the entries share that run in Node only, built once. Not an entry itself. */
export { nodeAdapter, type NodeAdapterOptions } from './adapters/node.js';
export {
  type Connector,
  type EncodedBody,
  type FtpOptions,
  ftpWith,
  publicHosts,
  type PublicHostsOptions,
  type SchemeHandler,
  type SchemeRedirect,
  type SchemeRequest,
  type SchemeResponse,
  type SchemeSink,
} from './core.schemes.js';
