import { type XmlEntities } from './XmlEntities.js';
import { type XmlGuardOptions } from './XmlGuard.js';

/** What an `XmlReader` can be told. */
export interface XmlReaderOptions extends XmlGuardOptions {
  /** Texts for entities that the document does not declare. @defaultValue none, so that such a reference is an error */
  readonly entities?: Exclude<XmlEntities, 'html'> | undefined;
}
