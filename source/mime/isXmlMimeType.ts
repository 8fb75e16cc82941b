import { extractMimeType } from './extractMimeType.js';

/** Whether a `Content-Type` is an [XML MIME type](https://mimesniff.spec.whatwg.org/#xml-mime-type). */
export function isXmlMimeType(contentType: string | undefined): boolean {
  return /^(?:application|text)\/xml$|\+xml$/.test(extractMimeType(contentType)?.essence ?? '');
}
