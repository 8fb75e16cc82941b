import { type OperatorFunction } from 'rxjs';
import { readDocument } from '../parsing/xml/readXml.js';
import { xmlPlatform } from '../parsing/xml/xmlPlatform.js';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { limitBytes, parseXmlWith, type XmlOperatorOptions } from './internal/parseXmlWith.js';

/**
 * Emits the whole body as a DOM `Document` once, at DONE: the platform's own in a browser, slimdom's in Node. Errors with an
 * `XmlError` if the XML is malformed, truncated, illegal in its encoding or over a limit, and with a `LimitError` if the body
 * exceeds `limits.bufferedBytes` (512 MiB).
 *
 * @example
 * ```ts
 * import { request } from 'readystream';
 * import { xmlDocument } from 'readystream/xml';
 *
 * request('data:text/xml,<feed><item/><item/></feed>').pipe(xmlDocument()).subscribe((document) => {
 *   console.log(document.getElementsByTagName('item').length); // 2
 * });
 * ```
 *
 * @see [DOM: Document](https://dom.spec.whatwg.org/#interface-document)
 */
export function xmlDocument(options: XmlOperatorOptions = {}): OperatorFunction<ReadyStateEvent, Document> {
  return parseXmlWith(options, ['entities', 'limits', 'recover'], (given) =>
    limitBytes(given, readDocument(xmlPlatform(), given)),
  );
}
