import { ftpWith } from './ftpWith.js';
import { type SchemeHandler } from './SchemeHandler.js';

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
