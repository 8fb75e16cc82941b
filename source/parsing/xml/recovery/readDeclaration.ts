import { type XmlDeclaration } from '../XmlHandler.js';

const wellFormed =
  /^[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.\d+"|'1\.\d+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*$/;
const part = /(version|encoding|standalone)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'?]+))/gi;

/** Reads what is between `<?xml` and `?>`, as far as it can be read. */
export function readDeclaration(content: string): {
  readonly declaration: XmlDeclaration;
  readonly isWellFormed: boolean;
} {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of content.matchAll(part)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, double ?? single ?? bare ?? '');
  }
  const standalone = found.get('standalone')?.toLowerCase();
  return {
    isWellFormed: wellFormed.test(content),
    declaration: {
      version: found.get('version'),
      encoding: found.get('encoding'),
      standalone: standalone === undefined ? undefined : standalone === 'yes',
    },
  };
}
