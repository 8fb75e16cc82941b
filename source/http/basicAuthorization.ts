/**
 * Returns the `Authorization` field for a user name and a password, each in bytes, by
 * [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2).
 */
export function basicAuthorization(username: Uint8Array, password: Uint8Array): string {
  const bytes = [...username, 0x3a, ...password];
  return `Basic ${btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))}`;
}
