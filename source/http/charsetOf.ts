import { extractMimeType } from './extractMimeType.js';

/** The charset that a `Content-Type`, or a MIME type, names, as it is written there; `undefined` where it names none. */
export function charsetOf(contentType: string | undefined): string | undefined {
  // Most responses name none, and most others nothing else: nothing has to be taken apart to know.
  if (!contentType?.includes(';')) return undefined;
  const [, alone] = /^[^;,"]+; ?charset=([-\w]+)$/i.exec(contentType) ?? [];
  return alone ?? extractMimeType(contentType)?.parameters.get('charset');
}
