import { type XmlStartTag } from './XmlHandler.js';

/** A start tag that remembers where it stands, so that an element that is never closed can be named with its place. */
export interface StartTag extends XmlStartTag {
  readonly line: number;
  readonly column: number;
}
