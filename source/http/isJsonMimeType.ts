import { extractMimeType } from './extractMimeType.js';

/** Whether a `Content-Type` is a [JSON MIME type](https://mimesniff.spec.whatwg.org/#json-mime-type). */
export function isJsonMimeType(contentType: string | undefined): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(extractMimeType(contentType)?.essence ?? '');
}
