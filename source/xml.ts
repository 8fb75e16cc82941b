/**
 * XML as it arrives: SAX events, whole records, a DOM.
 *
 * @module readystream/xml
 */
import { bindXmlPlatform } from './parsing/xml/bindXmlPlatform.js';
import { browserPlatform } from './parsing/xml/browserPlatform.js';

export { elements, type ElementsOptions } from './operators/elements.js';
export { xml } from './operators/xml.js';
export { xmlDocument } from './operators/xmlDocument.js';
export { type XmlOperatorOptions } from './operators/XmlOperatorOptions.js';
export { type XmlObject, type XmlObjectOptions, type XmlValue } from './parsing/xml/elementToObject.js';
export { XmlElement } from './parsing/xml/XmlElement.js';
export {
  type XmlCdataEvent,
  type XmlCommentEvent,
  type XmlDeclarationEvent,
  type XmlDoctypeEvent,
  type XmlEndElementEvent,
  type XmlEvent,
  type XmlProcessingInstructionEvent,
  type XmlStartElementEvent,
  type XmlTextEvent,
} from './parsing/xml/XmlEvent.js';
export { type XmlAttribute, type XmlDeclaration, type XmlStartTag } from './parsing/xml/XmlHandler.js';

bindXmlPlatform(browserPlatform);
