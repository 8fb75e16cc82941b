import { NetworkError } from '../../errors/NetworkError.js';
import { checkOneOf } from '../../options/checks.js';
import { type FtpExchange } from './FtpExchange.js';
import { type FtpOptions } from './ftpTarget.js';
import { summarize } from './networkErrorFrom.js';
import { type SchemeHandler } from './SchemeHandler.js';

/**
 * Returns a handler for `ftp:` and `ftps:` URLs with other settings than the built-in one.
 *
 * @example
 * ```ts
 * import { request, text } from 'readystream';
 * import { ftpWith, nodeAdapter } from 'readystream/node';
 *
 * const ftps = ftpWith({ tls: { minVersion: 'TLSv1.3' } });
 * request('ftps://127.0.0.1:1/', { adapter: nodeAdapter({ schemes: [['ftps', ftps]] }) })
 *   .pipe(text())
 *   .subscribe({ error: (error) => console.log(error.phase) }); // connect
 * ```
 */
export function ftpWith(options: FtpOptions): SchemeHandler {
  for (const name in options) checkOneOf('option of ftpWith', name, ['tls', 'implicitTls', 'guard']);
  return (request, sink) => {
    let aborted = false;
    let exchange: FtpExchange | undefined;
    // Loaded on demand: basic-ftp takes 10 ms, and few programs need it.
    import('./FtpExchange.js').then(
      ({ FtpExchange }) => {
        if (aborted) return;
        exchange = new FtpExchange(request, sink, options);
        exchange.start();
      },
      (cause: unknown) => {
        if (aborted) return;
        const reason = 'the FTP client could not be loaded';
        sink.error(new NetworkError('connect', { request: summarize(request), reason, cause }));
      },
    );
    return {
      abort() {
        aborted = true;
        exchange?.abort();
      },
      pause() {
        exchange?.pause();
      },
      resume() {
        exchange?.resume();
      },
    };
  };
}

/**
 * Handles `ftp:` and `ftps:` URLs. `GET` downloads, `HEAD` requests the size and time of a file, `PUT` uploads; a path that ends
 * in a slash is a directory, whose listing is in the server's format (`LIST`, as in curl), or bare names with `;type=d`.
 *
 * - The path is relative to the login directory; one more slash makes it absolute (`ftp://host//etc/motd`).
 * - The login is that of the URL, or `anonymous`. `;type=a` transfers text, without a length.
 * - `ftps:` uses TLS from the first byte on port 990, its default, and `AUTH TLS` on any other port; it never goes without TLS,
 * and verifies certificates.
 * - Data connections are passive: `EPSV`, or `PASV` to the server's own address.
 * - If the server refuses a command, the `NetworkError` contains its reply.
 */
export const ftp: SchemeHandler = /*#__PURE__*/ ftpWith({});
