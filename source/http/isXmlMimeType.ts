import { type MimeType } from './MimeType.js';

/** Whether a MIME type is an [XML MIME type](https://mimesniff.spec.whatwg.org/#xml-mime-type). */
export function isXmlMimeType({ essence }: MimeType): boolean {
  return /^(?:application|text)\/xml$|\+xml$/.test(essence);
}
