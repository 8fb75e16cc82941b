/** The entry `readystream/xml` in a page: only saxes reads elements, so that the bundle stays small. */
import { browserPlatform } from './parsing/xml/browserPlatform.js';
import { bindXmlPlatform } from './parsing/xml/xmlPlatform.js';

export { elements } from './operators/elements.js';
export { xml } from './operators/xml.js';
export { xmlDocument } from './operators/xmlDocument.js';
export { XmlElement } from './parsing/xml/XmlElement.js';
export { XmlSkippedEntity } from './parsing/xml/XmlSkippedEntity.js';
export type * from './xml.js';

bindXmlPlatform(browserPlatform);
