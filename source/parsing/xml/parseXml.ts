import { type TextPosition } from '../../errors/ParseError.js';
import { type IncrementalParser } from '../IncrementalParser.js';
import { type ReadXmlOptions } from './ReadXmlOptions.js';
import { readXml } from './readXml.js';
import { type XmlEvent } from './XmlEvent.js';
import { type XmlLocator } from './XmlHandler.js';

/** Reads an XML document's bytes into SAX events; an `XmlError` where {@link readXml} throws one. */
export function parseXml(options: ReadXmlOptions = {}): IncrementalParser<Uint8Array, XmlEvent> {
  return readXml<XmlEvent>(
    (emit) => ({
      xmlDeclaration: ({ version, encoding, standalone }, locator) => {
        emit({ type: 'xmlDeclaration', version, encoding, standalone, position: positionOf(locator) });
      },
      doctype: (text, locator) => {
        emit({ type: 'doctype', text, position: positionOf(locator) });
      },
      startElement: ({ name, prefix, local, uri, attributes, selfClosing }, locator) => {
        const position = positionOf(locator);
        emit({ type: 'startElement', name, prefix, local, uri, attributes, selfClosing, position });
      },
      endElement: ({ name, prefix, local, uri }, locator) => {
        emit({ type: 'endElement', name, prefix, local, uri, position: positionOf(locator) });
      },
      text: (text, locator) => {
        emit({ type: 'text', text, position: positionOf(locator) });
      },
      cdata: (text, locator) => {
        emit({ type: 'cdata', text, position: positionOf(locator) });
      },
      comment: (text, locator) => {
        emit({ type: 'comment', text, position: positionOf(locator) });
      },
      processingInstruction: (target, data, locator) => {
        emit({ type: 'processingInstruction', target, data, position: positionOf(locator) });
      },
      skippedEntity: (name, locator) => {
        emit({ type: 'skippedEntity', name, position: positionOf(locator) });
      },
    }),
    options,
  );
}

/** The locator moves on, an event's position stays. */
function positionOf({ line, column, offset }: XmlLocator): TextPosition {
  return { line, column, offset };
}
