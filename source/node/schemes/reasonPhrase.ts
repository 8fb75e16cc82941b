/** undici decodes the reason phrase as UTF-8; browsers give its bytes as code points. Bytes that were no UTF-8 are lost. */
export function reasonPhrase(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) || text.includes('\uFFFD') ? text : Buffer.from(text).toString('latin1');
}
