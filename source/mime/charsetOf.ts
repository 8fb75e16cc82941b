import { extractMimeType } from './extractMimeType.js';

/** The charset that a `Content-Type`, or a MIME type, names, as it is written there; `undefined` where it names none. */
export function charsetOf(contentType: string | undefined): string | undefined {
  // Most responses name none: nothing has to be taken apart to know.
  return contentType?.includes(';') ? extractMimeType(contentType)?.parameters.get('charset') : undefined;
}
