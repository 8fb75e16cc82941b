/** How much of a document is looked through for the end of its XML declaration. */
const longestDeclaration = 1024;

/** Where the encoding of an XML document stands: found, declared by this label, not declared, or more bytes are needed. */
export type DeclaredEncoding =
  { readonly encoding: string } | { readonly label: string } | 'none' | 'unknown';

/**
 * Looks for the encoding of an XML document that has no byte order mark and of which nothing else is known, as
 * [appendix F of XML 1.0](https://www.w3.org/TR/xml/#sec-guessing) describes: by how `<?` is written, then by what the
 * XML declaration says. EBCDIC and UCS-4 are not looked for.
 */
export function declaredEncoding(start: Uint8Array, ended: boolean): DeclaredEncoding {
  const head = String.fromCharCode(...start.subarray(0, longestDeclaration));
  if (head.startsWith('<\0?\0')) return { encoding: 'utf-16le' };
  if (head.startsWith('\0<\0?')) return { encoding: 'utf-16be' };
  if (!ended && ['<\0?\0', '\0<\0?', '<?xml'].some((opening) => opening.startsWith(head))) return 'unknown';
  if (!/^<\?xml[\t\n\r ]/.test(head)) return head === '<?xml' && !ended ? 'unknown' : 'none';
  const end = head.indexOf('>');
  if (end < 0 && !ended && head.length < longestDeclaration) return 'unknown';
  const declared = /[\t\n\r ]encoding[\t\n\r ]*=[\t\n\r ]*(?:"([^"]*)"|'([^']*)')/.exec(
    head.slice(0, Math.max(end, 0)),
  );
  const label = declared?.[1] ?? declared?.[2];
  return label === undefined ? 'none' : { label };
}
