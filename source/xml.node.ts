/** The entry `readystream/xml` in Node: the portable one with slimdom's DOM, the table of HTML's entities and exact decoders. */
import { bindXmlPlatform } from './core.xml.js';
import { bindNodeTextDecoder } from './parsing/encoding/bindNodeTextDecoder.js';
import { nodePlatform } from './parsing/xml/nodePlatform.js';

export { elements, xml, xmlDocument, XmlElement } from './core.xml.js';

export type * from './xml.js';

bindXmlPlatform(nodePlatform);
bindNodeTextDecoder();
