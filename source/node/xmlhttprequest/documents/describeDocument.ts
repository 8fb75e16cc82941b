import { labelToName } from '@exodus/bytes/encoding.js';
import { parseUrl, withoutFragment } from '../../../http/serializedUrl.js';
import { lastModified } from './completeDocument.js';
import { documentBaseUrl } from './domTree.js';

/** What a document is told of the response that it was made of. */
export interface DocumentDescription {
  /** The response's URL. */
  readonly url: string;
  /** The origin of who made the request. */
  readonly origin: string | undefined;
  /** The essence of the final MIME type. */
  readonly contentType: string;
  /** The encoding, in lower case. */
  readonly encoding: string;
  /** The response's field. */
  readonly lastModified: string | undefined;
}

/**
 * Has a document tell what it was made of: the last steps of
 * [set a document response](https://xhr.spec.whatwg.org/#document-response), and what else the standards say of a document that
 * no window shows. Properties of its own go before those of its DOM, which knows nothing of the response.
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
  // A document that no window shows has no cookies, and takes none.
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
  // What a DOM does not let anyone define stays as it is.
  Reflect.defineProperty(document, key, { configurable: true, ...descriptor });
}
