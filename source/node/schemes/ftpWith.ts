import { NetworkError } from '../../errors/NetworkError.js';
import { checkOneOf } from '../../options/checkOneOf.js';
import { type FtpExchange } from './FtpExchange.js';
import { type FtpOptions } from './FtpOptions.js';
import { type SchemeHandler } from './SchemeHandler.js';
import { summarize } from './summarize.js';
import { withoutCredentials } from './withoutCredentials.js';

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
        const shown = summarize({ ...request, url: withoutCredentials(request.url) });
        const reason = 'the FTP client could not be loaded';
        sink.error(new NetworkError('connect', { request: shown, reason, cause }));
      },
    );
    return () => {
      aborted = true;
      exchange?.abort();
    };
  };
}
