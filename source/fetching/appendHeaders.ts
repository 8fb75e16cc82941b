import { acceptEncoding } from '../core.node.js';
import { defaultUserAgent } from './defaultUserAgent.js';
import { hasHeader } from './hasHeader.js';

const usual: readonly string[] = [
  'Accept',
  '*/*',
  'Accept-Language',
  '*',
  'User-Agent',
  defaultUserAgent,
  'Accept-Encoding',
  acceptEncoding(),
];

/**
 * What goes with every request, where its headers have no field of the name; a part of a coded body could not be decoded, so
 * a request for a range takes none that is coded.
 *
 * @param headers - names and values in turn.
 * @param more - further fields, none of which an author may set.
 */
export function appendHeaders(headers: readonly string[], more: readonly string[]): readonly string[] {
  if (headers.length === 0 && more.length === 0) return usual;
  const fields = [...headers];
  for (let index = 0; index < usual.length; index += 2) {
    const name = usual[index] ?? '';
    if (!hasHeader(headers, name.toLowerCase())) {
      const isIdentity = name === 'Accept-Encoding' && hasHeader(headers, 'range');
      fields.push(name, isIdentity ? 'identity' : (usual[index + 1] ?? ''));
    }
  }
  fields.push(...more);
  return fields;
}
