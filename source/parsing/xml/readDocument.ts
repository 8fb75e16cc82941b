import { type IncrementalParser } from '../IncrementalParser.js';
import { buildDocument } from './buildDocument.js';
import { readXml, type ReadXmlOptions } from './readXml.js';
import { type DocumentPlatform } from './xmlPlatform.js';

/** Connects bytes → XML tokens → a DOM, which is output once, when the whole document was found well-formed. */
export function readDocument(
  platform: DocumentPlatform,
  options: ReadXmlOptions = {},
): IncrementalParser<Uint8Array, Document> {
  const builder = buildDocument(platform);
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
