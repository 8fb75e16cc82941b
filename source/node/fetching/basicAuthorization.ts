import { includesCredentials } from './includesCredentials.js';

/**
 * The `Authorization` field for the user name and password of a URL ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)), in
 * UTF-8; `undefined` where it has none.
 */
export function basicAuthorization(url: string): string | undefined {
  if (!includesCredentials(url)) return undefined;
  const { username, password } = new URL(url);
  return `Basic ${Buffer.concat([percentDecode(username), Buffer.from(':'), percentDecode(password)]).toString('base64')}`;
}

/** [Percent-decodes](https://url.spec.whatwg.org/#string-percent-decode) what a URL serialises, which is ASCII. */
function percentDecode(text: string): Buffer {
  const decoded = text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}
