import { isParseError } from '../../../errors/guards.js';
import { type ParseError } from '../../../errors/ParseError.js';
import { decodeText } from '../../decodeText.js';
import { declaredEncoding, xmlRules } from '../../decodeXml.js';
import { type DecodingRules } from '../../encoding/plainText.js';
import { getEncoding } from '../../encoding/textDecoder.js';
import { type IncrementalParser } from '../../IncrementalParser.js';
import { inspectStart } from '../inspectStart.js';
import { type ReadXmlOptions } from '../ReadXmlOptions.js';
import { type XmlHandler } from '../XmlHandler.js';
import { type LenientPiece, LenientLegacyDecoder, LenientUtf8Decoder } from './LenientDecoder.js';
import { lenientEncoding } from './lenientEncoding.js';
import { RepairingReader } from './RepairingReader.js';
import { repairOf, type XmlRepair } from './XmlRepair.js';

/** White space before the declaration is looked past as far as this. */
const longestLeading = 65_536;
const documentStart = { line: 1, column: 1, offset: 0 };

/** What `readXml` does, for a document that is read on through what is wrong in it. */
export function recoverXml<Output>(
  makeHandler: (emit: (value: Output) => void) => XmlHandler,
  { encoding, decodedAs, recover, ...options }: ReadXmlOptions,
): IncrementalParser<Uint8Array, Output> {
  let output: Output[] = [];
  let records = 0;
  const onRepair = (repair: XmlRepair): void => {
    if (typeof recover === 'function') recover(repair);
  };
  const handler = makeHandler((value) => {
    records += 1;
    output.push(value);
  });
  const reader = new RepairingReader(handler, { ...options, records: () => records, onRepair });
  let decoder: IncrementalParser<Uint8Array, LenientPiece> | undefined;

  function makeDecoder(): IncrementalParser<Uint8Array, LenientPiece> {
    const meant = encoding === undefined ? undefined : (getEncoding(encoding) ?? lenientEncoding(encoding));
    if (encoding !== undefined && getEncoding(encoding) === undefined)
      onRepair(repairOf('encodingLabel', documentStart, encoding));
    return inspectStart(decodeText({ encoding: meant, decodedAs }, lenientRules(onRepair)), {
      isEncodingKnown: (meant ?? decodedAs) !== undefined,
      onHtml: () => {
        reader.isHtml();
      },
    });
  }

  function read(
    decode: (decoder: IncrementalParser<Uint8Array, LenientPiece>, pieces: LenientPiece[]) => void,
  ): void {
    const pieces: LenientPiece[] = [];
    let failure: ParseError | undefined;
    try {
      decode((decoder ??= makeDecoder()), pieces);
    } catch (error) {
      if (!isParseError(error)) throw error;
      failure = error;
    }
    for (const piece of pieces) {
      if (typeof piece === 'string') reader.write(piece);
      else reader.writeRepaired('illegalBytes', piece.bytes, piece.text);
    }
    if (failure !== undefined)
      throw reader.errorAtEnd(failure.detail, { advice: failure.advice, cause: failure });
  }

  return {
    write(bytes, into) {
      output = into;
      read((from, pieces) => {
        from.write(bytes, pieces);
      });
    },
    end(into) {
      output = into;
      read((from, pieces) => {
        from.end(pieces);
      });
      reader.end();
    },
  };
}

function lenientRules(onRepair: (repair: XmlRepair) => void): DecodingRules<LenientPiece> {
  return {
    detect(start, ended, options) {
      const from = leadingBytes(start);
      if (from === start.length && !ended) return from < longestLeading ? undefined : 'utf-8';
      const document = start.subarray(from);
      const declared = declaredEncoding(document, ended);
      if (typeof declared === 'object' && 'label' in declared && getEncoding(declared.label) === undefined) {
        const meant = lenientEncoding(declared.label);
        if (meant !== undefined) {
          onRepair(repairOf('encodingLabel', documentStart, declared.label));
          // As for a label that is known: the declaration could not have been read.
          return meant.startsWith('utf-16') ? 'utf-8' : meant;
        }
      }
      return xmlRules.detect(document, ended, options);
    },
    makeDecoder(encoding, offset, options) {
      if (encoding === 'utf-8') return new LenientUtf8Decoder();
      // Says that it is not supported.
      if (encoding === 'replacement') xmlRules.makeDecoder(encoding, offset, options);
      return new LenientLegacyDecoder(encoding);
    },
  };
}

/** How many bytes are white space, or byte order marks of UTF-8, before anything else. */
function leadingBytes(bytes: Uint8Array): number {
  let at = 0;
  for (;;) {
    const byte = bytes[at];
    if (byte === 0x20 || byte === 0x9 || byte === 0xa || byte === 0xd) at += 1;
    else if (byte === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    // It may become one.
    else if (
      byte === 0xef &&
      (at + 1 === bytes.length || (bytes[at + 1] === 0xbb && at + 2 === bytes.length))
    )
      return bytes.length;
    else return at;
  }
}
