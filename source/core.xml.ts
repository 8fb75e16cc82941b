/** What the XML entries share, built once. Not an entry itself. */
export { elements } from './operators/elements.js';
export { xml } from './operators/xml.js';
export { xmlDocument } from './operators/xmlDocument.js';
export { bindXmlPlatform } from './parsing/xml/bindXmlPlatform.js';
export { browserPlatform } from './parsing/xml/browserPlatform.js';
export { SelectorCache } from './parsing/xml/selectors/SelectorCache.js';
export { XmlElement } from './parsing/xml/XmlElement.js';
