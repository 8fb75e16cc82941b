import { type ConnectionOptions } from 'node:tls';
import { domainToASCII } from 'node:url';
import { getHeader } from '../../http/headerList.js';
import { parseUrl, percentDecode, percentDecodeText } from '../../http/serializedUrl.js';
import { type Connector } from './HttpConnections.js';
import { type SchemeRequest } from './SchemeHandler.js';

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

/** What an FTP URL asks for. User, password and path are bytes, one a character. */
export interface FtpTarget {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly user: string;
  readonly password: string;
  /** Relative to the directory after the login, unless it begins with a slash; empty for that directory. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** The type code: text, bytes as they are, or names of a directory. */
  readonly type: 'A' | 'I' | 'D';
}

/**
 * Takes an FTP URL apart, as [RFC 1738, 3.2](https://www.rfc-editor.org/rfc/rfc1738#section-3.2) has them, but for the path, which
 * is one argument, not a change of directory for each of its parts. Credentials in the URL go before an `Authorization` field.
 *
 * @returns the reason where the URL cannot be asked for.
 */
export function ftpTarget({ url, headers }: SchemeRequest): FtpTarget | string {
  const parsed = parseUrl(url);
  if (parsed === undefined) return 'this is no URL';
  const { protocol, hostname, port, username, password, pathname, search } = parsed;
  const isSecure = protocol === 'ftps:';
  // The URL standard knows ftp:, so that it reads its host; for ftps: it leaves it as it is.
  const host = isSecure && !hostname.startsWith('[') ? domainToASCII(percentDecodeText(hostname)) : hostname;
  if (host === '') return 'the URL has no valid host';
  // To FTP a question mark is a character of a name.
  const [, rawPath = '', type = ''] = /^\/?(.*?)(?:;type=([aid]))?$/is.exec(pathname + search) ?? [];
  const path = decodeBytes(rawPath);
  const typeCode = type.toUpperCase();
  const login =
    username === '' && password === ''
      ? (fromAuthorization(headers) ?? { user: '', password: '' })
      : { user: decodeBytes(username), password: decodeBytes(password) };
  for (const [what, text] of Object.entries({ ...login, path })) {
    if (/[\r\n\0]/.test(text)) return `the ${what} holds a line break or NUL, which no FTP command can carry`;
  }
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 990 : 21) : Number(port),
    isSecure,
    user: login.user === '' ? 'anonymous' : login.user,
    password: login.user === '' && login.password === '' ? 'anonymous@' : login.password,
    // A space or two at its beginning would be taken for what parts it from the command.
    path: path.startsWith(' ') ? `./${path}` : path,
    isDirectory: path === '' || path.endsWith('/') || typeCode === 'D',
    type: typeCode === 'A' || typeCode === 'D' ? typeCode : 'I',
  };
}

/** What `request()` makes of its options `username` and `password`. */
function fromAuthorization(headers: readonly string[]): { user: string; password: string } | undefined {
  const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(getHeader(headers, 'authorization') ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [, user = '', password = ''] =
    /^([^:]*)(?::(.*))?$/s.exec(Buffer.from(encoded, 'base64').toString('latin1')) ?? [];
  return { user, password };
}

/** Percent-decodes to bytes, one a character. */
function decodeBytes(text: string): string {
  return Buffer.from(percentDecode(text)).toString('latin1');
}
