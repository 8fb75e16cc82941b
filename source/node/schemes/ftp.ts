import { NetworkError } from '../../errors/NetworkError.js';
import { checkOneOf } from '../../options/checks.js';
import { type FtpExchange } from './FtpExchange.js';
import { type FtpOptions } from './ftpTarget.js';
import { summarize } from './networkErrorFrom.js';
import { type SchemeHandler } from './SchemeHandler.js';

/**
 * A handler for `ftp:` and `ftps:` URLs that is set up differently from the one that goes by these names.
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
    // Loaded when somebody needs it: basic-ftp takes 10 ms, and hardly anybody does.
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
 * `ftp:` and `ftps:` URLs. `GET` downloads, `HEAD` asks for size and time of a file, `PUT` uploads; a path that ends in a slash
 * is a directory, whose listing comes as the server writes it (`LIST`, what curl shows), or as bare names with `;type=d`.
 *
 * - The path is relative to where the login leads; one more slash makes it absolute (`ftp://host//etc/motd`).
 * - The login is the URL's, or `anonymous`. `;type=a` transfers as text, without a length.
 * - `ftps:` is TLS from the first byte at port 990, its default, and `AUTH TLS` at any other; never without, and with
 *   certificates verified.
 * - Connections are passive: `EPSV`, or `PASV` to the server's own address.
 * - Whatever the server refuses is a `NetworkError` with the words of its reply.
 */
export const ftp: SchemeHandler = /*#__PURE__*/ ftpWith({});
