/** The entry `readystream/xml` in Node: the portable one with slimdom's DOM, the table of HTML's entities and exact decoders. */
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';
import { nodePlatform } from './parsing/xml/nodePlatform.js';
import { bindElementsReader } from './parsing/xml/readElements.js';
import { recordScanner } from './parsing/xml/records/readRecords.js';
import { recoverXml } from './parsing/xml/recovery/recoverXml.js';
import { bindXmlPlatform } from './parsing/xml/xmlPlatform.js';
import { bindXmlRecovery } from './parsing/xml/xmlRecovery.js';

export { elements } from './operators/elements.js';
export { xml } from './operators/xml.js';
export { xmlDocument } from './operators/xmlDocument.js';
export { XmlElement } from './parsing/xml/XmlElement.js';
export { XmlSkippedEntity } from './parsing/xml/XmlSkippedEntity.js';
export type * from './xml.js';

bindXmlPlatform(nodePlatform);
bindNodeTextDecoder();
bindElementsReader(recordScanner);
bindXmlRecovery(recoverXml);
