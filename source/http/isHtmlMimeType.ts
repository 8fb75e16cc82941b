import { type MimeType } from './MimeType.js';

/** Whether a MIME type is an [HTML MIME type](https://mimesniff.spec.whatwg.org/#html-mime-type). */
export function isHtmlMimeType({ essence }: MimeType): boolean {
  return essence === 'text/html';
}
