import { XmlFault } from './XmlFault.js';

/**
 * The character that a reference names, told by what stands between `&` and `;` (`#233`, `#xE9`).
 *
 * @throws XmlFault where it is malformed or names a character that the version of XML does not allow.
 *
 * @see https://www.w3.org/TR/xml/#NT-CharRef
 */
export function characterOf(reference: string, version: '1.0' | '1.1'): string {
  const [, decimal, hexadecimal] = /^#(?:(\d+)|x([\da-fA-F]+))$/.exec(reference) ?? [];
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10);
  const allowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= (version === '1.0' ? 0x20 : 1) && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  if (!allowed) throw new XmlFault(`&${reference}; names no character that XML allows`);
  return String.fromCodePoint(code);
}
