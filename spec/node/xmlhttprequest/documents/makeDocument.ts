import { parseMimeType } from '../../../../source/http/mimeType.js';
import {
  responseDocument,
  type ResponseDocumentSource,
} from '../../../../source/node/xmlhttprequest/documents/responseDocument.js';
import { defaultLimits } from '../../../../source/options/limits.js';
import { bindNodeTextDecoder } from '../../../../source/parsing/encoding/bindNodeTextDecoder.js';

bindNodeTextDecoder();

/** Latin-1, byte for character. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The document of a response. */
export function makeDocument(
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  more: Partial<ResponseDocumentSource> = {},
): Document | null {
  const mimeType = parseMimeType(type);
  if (mimeType === undefined) throw new Error(`no MIME type: ${type}`);
  return responseDocument({
    bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    mimeType,
    encoding: mimeType.parameters.get('charset'),
    url: 'https://shop.example/dir/page?q#top',
    origin: 'https://shop.example:8443',
    lastModified: undefined,
    limits: defaultLimits,
    parseDocument: undefined,
    ...more,
  });
}

/** The same, where there has to be one. */
export function documentOf(...args: Parameters<typeof makeDocument>): Document {
  const document = makeDocument(...args);
  if (document === null) throw new Error('there is no document');
  return document;
}
