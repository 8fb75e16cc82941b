import { type OperatorFunction } from 'rxjs';
import { parseXml } from '../parsing/xml/parseXml.js';
import { type XmlEvent } from '../parsing/xml/XmlEvent.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { parseXmlWith, type XmlOperatorOptions } from './internal/parseXmlWith.js';

/**
 * Emits the body's XML as SAX events, as it arrives. The document may be larger than memory. Errors with an `XmlError`, after
 * all events before the error, if the XML is malformed, truncated, illegal in its encoding or over a limit. Nothing outside
 * the document is ever loaded.
 *
 * @example
 * ```ts
 * import { request } from 'readystream';
 * import { xml } from 'readystream/xml';
 *
 * request('data:text/xml,<a>1<b/></a>').pipe(xml()).subscribe(({ type, position }) => {
 *   console.log(type, position.line, position.column); // startElement 1 1, then text 1 4, then startElement 1 5, then …
 * });
 * ```
 *
 * @see [XML 1.0](https://www.w3.org/TR/xml/), [Namespaces in XML](https://www.w3.org/TR/xml-names/)
 */
export function xml(options: XmlOperatorOptions = {}): OperatorFunction<ReadyStateEvent, XmlEvent> {
  return parseXmlWith(options, ['entities', 'limits', 'recover'], parseXml);
}
