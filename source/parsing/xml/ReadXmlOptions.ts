import { type XmlRecover } from './recovery/XmlRepair.js';
import { type XmlReaderOptions } from './XmlLimits.js';

/** How an XML body is read. */
export interface ReadXmlOptions extends Omit<XmlReaderOptions, 'records'> {
  /** Whether to read on through what is wrong, and who is told of each repair. @defaultValue not */
  readonly recover?: XmlRecover | undefined;
  /** The encoding that the transport names; it goes before what the document declares. */
  readonly encoding?: string | undefined;
  /** The encoding the platform has already decoded from: the bytes are UTF-8, whatever anything else says. */
  readonly decodedAs?: 'utf-8' | undefined;
}
