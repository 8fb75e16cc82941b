import { labelToName } from '@exodus/bytes/encoding.js';
import { parseUrl, withoutFragment } from '../../../http/serializedUrl.js';
import { lastModified } from './completeDocument.js';
import { documentBaseUrl } from './domTree.js';

/** Describes the response that a document was made from. */
export interface DocumentDescription {
  /** The response's URL. */
  readonly url: string;
  /** The origin that made the request. */
  readonly origin: string | undefined;
  /** The essence of the final MIME type. */
  readonly contentType: string;
  /** The encoding, in lower case. */
  readonly encoding: string;
  /** The response's `Last-Modified`. */
  readonly lastModified: string | undefined;
}

/**
 * Defines on a document the properties that depend on the response: the last steps of
 * [set a document response](https://xhr.spec.whatwg.org/#document-response), and what else the standards require of a document
 * without a window. Own properties take precedence over those of its DOM, which knows nothing of the response.
 */
export function describeDocument(document: Document, description: DocumentDescription): void {
  const { origin, contentType, encoding } = description;
  const url = withoutFragment(description.url);
  const name = labelToName(encoding) ?? encoding;
  // Set document's encoding to charset. Set document's content type to finalMIME. Set document's URL to xhr's response's URL.
  // Set document's origin to xhr's relevant settings object's origin.
  for (const key of ['characterSet', 'charset', 'inputEncoding']) define(document, key, { value: name });
  define(document, 'contentType', { value: contentType });
  for (const key of ['URL', 'documentURI']) define(document, key, { value: url });
  define(document, 'baseURI', { get: () => documentBaseUrl(document, url) });
  define(document, 'domain', { value: parseUrl(origin ?? '')?.hostname ?? '' });
  define(document, 'lastModified', { value: lastModified(description.lastModified) });
  define(document, 'referrer', { value: '' });
  // A document without a window has no cookies and ignores those set.
  define(document, 'cookie', { get: () => '', set: () => undefined });
  for (const [key, value] of [
    ['readyState', 'complete'],
    ['location', null],
    ['defaultView', null],
  ] as const) {
    if (!(key in document)) define(document, key, { value });
  }
}

function define(document: Document, key: string, descriptor: PropertyDescriptor): void {
  // Properties that a DOM makes non-configurable stay as they are.
  Reflect.defineProperty(document, key, { configurable: true, ...descriptor });
}
