/**
 * XML as it arrives: SAX events, whole records, a DOM.
 *
 * @module readystream/xml
 */
import { browserPlatform } from './parsing/xml/browserPlatform.js';
import { bindElementsReader } from './parsing/xml/readElements.js';
import { recordScanner } from './parsing/xml/records/readRecords.js';
import { recoverXml } from './parsing/xml/recovery/recoverXml.js';
import { bindXmlPlatform } from './parsing/xml/xmlPlatform.js';
import { bindXmlRecovery } from './parsing/xml/xmlRecovery.js';

export { elements, type ElementsOptions } from './operators/elements.js';
export { type XmlOperatorOptions } from './operators/internal/parseXmlWith.js';
export { xml } from './operators/xml.js';
export { xmlDocument } from './operators/xmlDocument.js';
export { XmlElement } from './parsing/xml/XmlElement.js';
export {
  type XmlCdataEvent,
  type XmlCommentEvent,
  type XmlDeclarationEvent,
  type XmlDoctypeEvent,
  type XmlEndElementEvent,
  type XmlEvent,
  type XmlProcessingInstructionEvent,
  type XmlSkippedEntityEvent,
  type XmlStartElementEvent,
  type XmlTextEvent,
} from './parsing/xml/XmlEvent.js';
export { type XmlAttribute, type XmlDeclaration, type XmlStartTag } from './parsing/xml/XmlHandler.js';
export { type XmlRepair, type XmlRepairKind } from './parsing/xml/recovery/XmlRepair.js';
export { type MatcherMemory } from './parsing/xml/selectors/SelectorMatcher.js';
export { type XmlCheckpoint, type XmlCheckpointTag } from './parsing/xml/XmlCheckpoint.js';
export { XmlSkippedEntity } from './parsing/xml/XmlSkippedEntity.js';
export { type XmlObject, type XmlObjectOptions, type XmlValue } from './parsing/xml/XmlObject.js';

bindXmlPlatform(browserPlatform);
bindElementsReader(recordScanner);
bindXmlRecovery(recoverXml);
