import { type ConnectionOptions } from 'node:tls';
import { type Connector } from './HttpConnections.js';

/** What {@link ftpWith} may be told. */
export interface FtpOptions {
  /** Node's options for TLS: a `ca`, a client certificate. @defaultValue Node's, which verify the server's certificate */
  readonly tls?: ConnectionOptions;
  /**
   * Whether `ftps:` speaks TLS from the first byte, or asks for it by `AUTH TLS`. @defaultValue from the first byte at port 990,
   * which is the one for URLs without any, and by `AUTH TLS` at others
   */
  readonly implicitTls?: boolean;
  /** Refuses connections, as `publicHosts()` does. @defaultValue none */
  readonly guard?: Connector;
}
