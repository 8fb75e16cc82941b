import { isParseError } from '../../errors/guards.js';
import { type ParseError } from '../../errors/ParseError.js';
import { decodeXml } from '../decodeXml.js';
import { type IncrementalParser } from '../IncrementalParser.js';
import { buildDocument } from './buildDocument.js';
import { type ReadXmlOptions } from './ReadXmlOptions.js';
import { inspectStart } from './inspectStart.js';
import { type XmlHandler } from './XmlHandler.js';
import { type DocumentPlatform } from './xmlPlatform.js';
import { XmlReader } from './XmlReader.js';
import { xmlRecovery } from './xmlRecovery.js';

/**
 * Connects bytes → text → XML tokens → a handler that emits values. It throws an `XmlError` (with line, column, offset
 * and the count of values emitted before) where the document is malformed, cut short, over a limit, or holds bytes that
 * are illegal in its encoding. A `LimitError` of the handler's becomes one too; all else that it throws passes as it is.
 *
 * @param makeHandler - makes the handler of one body; what it gives `emit` is output.
 */
export function readXml<Output>(
  makeHandler: (emit: (value: Output) => void) => XmlHandler,
  given: ReadXmlOptions = {},
): IncrementalParser<Uint8Array, Output> {
  const { encoding, decodedAs, recover = false, ...options } = given;
  if (recover !== false) return xmlRecovery()(makeHandler, given);
  let output: Output[] = [];
  let records = 0;
  const handler = makeHandler((value) => {
    records += 1;
    output.push(value);
  });
  const reader = new XmlReader(handler, { ...options, records: () => records });
  const decoder = inspectStart(decodeXml({ encoding, decodedAs }), {
    isEncodingKnown: (encoding ?? decodedAs) !== undefined,
    onHtml: () => {
      reader.isHtml();
    },
  });

  function read(decode: (pieces: string[]) => void, into: Output[]): void {
    const pieces: string[] = [];
    let illegal: ParseError | undefined;
    output = into;
    try {
      decode(pieces);
    } catch (error) {
      if (!isParseError(error)) throw error;
      illegal = error;
    }
    // What came before the illegal bytes is read first: its own trouble, if any, lies nearer the start.
    for (const piece of pieces) reader.write(piece);
    output = [];
    if (illegal === undefined) return;
    throw reader.errorAtEnd(illegal.detail, { advice: illegal.advice, cause: illegal });
  }

  return {
    write(bytes, into) {
      read((pieces) => {
        decoder.write(bytes, pieces);
      }, into);
    },
    end(into) {
      read((pieces) => {
        decoder.end(pieces);
      }, into);
      output = into;
      reader.end();
    },
  };
}

/** Connects bytes → XML tokens → a DOM, which is output once, when the whole document was found well-formed. */
export function readDocument(
  platform: DocumentPlatform,
  options: ReadXmlOptions = {},
): IncrementalParser<Uint8Array, Document> {
  const builder = buildDocument(platform, options);
  const parser = readXml<Document>(() => builder, options);
  return {
    write(bytes, output) {
      parser.write(bytes, output);
    },
    end(output) {
      parser.end(output);
      output.push(builder.document);
    },
  };
}
