import { type ConnectionOptions } from 'node:tls';
import { domainToASCII } from 'node:url';
import { getHeader } from '../../http/headerList.js';
import { parseUrl, percentDecode, percentDecodeText } from '../../http/serializedUrl.js';
import { type Connector } from './HttpConnections.js';
import { type SchemeRequest } from './SchemeHandler.js';

/** The options of {@link ftpWith}. */
export interface FtpOptions {
  /**
   * Node's TLS options, such as `ca` or a client certificate. @defaultValue Node's defaults, which verify the server's
   * certificate
   */
  readonly tls?: ConnectionOptions;
  /**
   * Whether `ftps:` uses TLS from the first byte; otherwise it sends `AUTH TLS`. @defaultValue true on port 990, the default
   * port, and false on others
   */
  readonly implicitTls?: boolean;
  /** Refuses connections, as `publicHosts()` does. @defaultValue none */
  readonly guard?: Connector;
}

/** The parts of an FTP URL. User, password and path are bytes, one per character. */
export interface FtpTarget {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly user: string;
  readonly password: string;
  /** Relative to the directory after the login, unless it begins with a slash; empty for that directory. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** The type code: text, unchanged bytes, or the names in a directory. */
  readonly type: 'A' | 'I' | 'D';
}

/**
 * Parses an FTP URL by [RFC 1738, 3.2](https://www.rfc-editor.org/rfc/rfc1738#section-3.2), except that the path is one argument,
 * not a change of directory for each of its parts. Credentials in the URL take precedence over an `Authorization` field.
 *
 * @returns the reason if the URL cannot be requested.
 */
export function ftpTarget({ url, headers }: SchemeRequest): FtpTarget | string {
  const parsed = parseUrl(url);
  if (parsed === undefined) return 'the URL is not valid';
  const { protocol, hostname, port, username, password, pathname, search } = parsed;
  const isSecure = protocol === 'ftps:';
  // The URL standard parses the host of ftp: URLs; that of ftps: URLs it leaves unchanged.
  const host = isSecure && !hostname.startsWith('[') ? domainToASCII(percentDecodeText(hostname)) : hostname;
  if (host === '') return 'the URL has no valid host';
  // In FTP, a question mark is part of the name.
  const [, rawPath = '', type = ''] = /^\/?(.*?)(?:;type=([aid]))?$/is.exec(pathname + search) ?? [];
  const path = decodeBytes(rawPath);
  const typeCode = type.toUpperCase();
  const login =
    username === '' && password === ''
      ? (fromAuthorization(headers) ?? { user: '', password: '' })
      : { user: decodeBytes(username), password: decodeBytes(password) };
  for (const [what, text] of Object.entries({ ...login, path })) {
    if (/[\r\n\0]/.test(text))
      return `the ${what} contains a line break or NUL, which no FTP command can carry`;
  }
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 990 : 21) : Number(port),
    isSecure,
    user: login.user === '' ? 'anonymous' : login.user,
    password: login.user === '' && login.password === '' ? 'anonymous@' : login.password,
    // Spaces at its start would be read as the separator after the command.
    path: path.startsWith(' ') ? `./${path}` : path,
    isDirectory: path === '' || path.endsWith('/') || typeCode === 'D',
    type: typeCode === 'A' || typeCode === 'D' ? typeCode : 'I',
  };
}

/** Decodes the field that `request()` makes from its options `username` and `password`. */
function fromAuthorization(headers: readonly string[]): { user: string; password: string } | undefined {
  const [, encoded] = /^basic +([\w+/=-]+)$/i.exec(getHeader(headers, 'authorization') ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [, user = '', password = ''] =
    /^([^:]*)(?::(.*))?$/s.exec(Buffer.from(encoded, 'base64').toString('latin1')) ?? [];
  return { user, password };
}

/** Percent-decodes to bytes, one per character. */
function decodeBytes(text: string): string {
  return Buffer.from(percentDecode(text)).toString('latin1');
}
