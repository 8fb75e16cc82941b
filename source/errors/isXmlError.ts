import { isReadystreamError } from './isReadystreamError.js';
import { type XmlError } from './XmlError.js';

/** Whether `error` is a {@link XmlError}, also one of another realm or another copy of this library. */
export function isXmlError(error: unknown): error is XmlError {
  return isReadystreamError(error) && error.code === 'ERR_XML';
}
