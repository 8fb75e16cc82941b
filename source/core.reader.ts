/** The XML reader, built once: what reads XML but for the operators, which need rxjs. Not an entry itself. */
export { readDocument } from './parsing/xml/readDocument.js';
export { readXml } from './parsing/xml/readXml.js';
