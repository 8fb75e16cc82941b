/**
 * XML as it arrives: SAX events, whole records, a DOM.
 *
 * @module readystream/xml
 */
import { bindXmlPlatform, browserPlatform } from './core.xml.js';

bindXmlPlatform(browserPlatform);

export { elements, xml, xmlDocument, XmlElement } from './core.xml.js';
export { type ElementsOptions } from './operators/elements.js';
export { type XmlOperatorOptions } from './operators/XmlOperatorOptions.js';
export { type XmlObject, type XmlObjectOptions, type XmlValue } from './parsing/xml/elementToObject.js';
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
