import { defaultLimits, type Limits } from '../../../source/options/limits.js';
import { type IncrementalParser } from '../../../source/parsing/IncrementalParser.js';
import { nodePlatform } from '../../../source/parsing/xml/nodePlatform.js';
import { parseXml } from '../../../source/parsing/xml/parseXml.js';
import { treeReader } from '../../../source/parsing/xml/readElements.js';
import { recordScanner } from '../../../source/parsing/xml/records/readRecords.js';
import { readDocument } from '../../../source/parsing/xml/readXml.js';
import { type ReadXmlOptions } from '../../../source/parsing/xml/ReadXmlOptions.js';
import { compileSelector } from '../../../source/parsing/xml/selectors/compileSelector.js';
import { parseXmlDocument } from '../../../source/node/xmlhttprequest/documents/parseXmlDocument.js';

/** How a document is read, limits one by one. */
export type ReadingOptions = Omit<ReadXmlOptions, 'limits'> & { readonly limits?: Partial<Limits> };

/** What was read of a document: how many values, and what was thrown. */
export interface Outcome {
  readonly values: number;
  readonly error: unknown;
}

/** Everything that reads XML: told pieces of a document, it says what came of it. Values are let go at once, as a stream's are. */
export const xmlReaders: Readonly<
  Record<string, (pieces: readonly Uint8Array[], options?: ReadingOptions) => Outcome>
> = {
  xml: (pieces, options) => run(parseXml(withLimits(options)), pieces),
  elements: (pieces, options) => run(recordScanner.read(compileSelector('*'), withLimits(options)), pieces),
  'elements of a page': (pieces, options) =>
    run(treeReader.read(compileSelector('*'), withLimits(options)), pieces),
  xmlDocument: (pieces, options) => run(readDocument(nodePlatform, withLimits(options)), pieces),
  responseXML: (pieces, options) => {
    try {
      const { limits } = withLimits(options);
      parseXmlDocument(Buffer.concat(pieces), { encoding: undefined, limits });
      return { values: 1, error: undefined };
    } catch (error) {
      return { values: 0, error };
    }
  },
};

function withLimits(options: ReadingOptions = {}): ReadXmlOptions & { readonly limits: Limits } {
  return { ...options, limits: { ...defaultLimits, ...options.limits } };
}

function run(parser: IncrementalParser<Uint8Array, unknown>, pieces: readonly Uint8Array[]): Outcome {
  const output: unknown[] = [];
  let values = 0;
  const take = (): void => {
    values += output.length;
    output.length = 0;
  };
  try {
    for (const piece of pieces) {
      // As operators do, so that what is read is not held.
      for (let from = 0; from < piece.length; from += 16_384) {
        parser.write(piece.subarray(from, from + 16_384), output);
        take();
      }
    }
    parser.end(output);
    take();
    return { values, error: undefined };
  } catch (error) {
    take();
    return { values, error };
  }
}
