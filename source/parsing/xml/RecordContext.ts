import { type SelectorCache } from './selectors/SelectorCache.js';
import { type XmlStartTag } from './XmlHandler.js';

/** What records of one place in a document share. */
export interface RecordContext {
  /** The start tags of the elements around the records, outermost first. */
  readonly ancestors: readonly XmlStartTag[];
  readonly selectors: SelectorCache;
}
