import { isParseError } from '../../../errors/guards.js';
import { type ParseError } from '../../../errors/ParseError.js';
import { defaultLimits } from '../../../options/limits.js';
import { joinBytes } from '../../collectBytes.js';
import { decodeText } from '../../decodeText.js';
import { xmlRules } from '../../decodeXml.js';
import { StrictUtf8Decoder } from '../../encoding/StrictUtf8Decoder.js';
import { type IncrementalParser } from '../../IncrementalParser.js';
import { ElementCollector } from '../collectElements.js';
import { checkXmlCheckpoint } from './checkXmlCheckpoint.js';
import { inspectStart } from '../inspectStart.js';
import { type ElementsReader, type ReadElementsOptions } from '../readElements.js';
import { PrologScanner } from '../scanner/PrologScanner.js';
import { type CompiledSelector } from '../selectors/compileSelector.js';
import { SelectorCache } from '../selectors/SelectorCache.js';
import { type XmlCheckpoint } from '../XmlCheckpoint.js';
import { type XmlElement } from '../XmlElement.js';
import { XmlReader } from '../XmlReader.js';
import { CheckpointMaker } from './CheckpointMaker.js';
import { RecordFinder } from './RecordFinder.js';

/** A document in whose start of so many bytes the root is not found is left to saxes. */
const longestProlog = 65_536;

/** Text of a document in another encoding than UTF-8, or bytes of one that is in it. */
type Piece = Uint8Array | string;

/**
 * Reads a document's bytes into the elements that match. They are scanned as UTF-8, and an element is read when somebody asks. What
 * is before the root, and whatever is unusual from there on, what is wrong first of all, is left to the {@link XmlReader}, which
 * goes on at the token where the scanner has stopped: elements and errors are the same as by saxes alone.
 */
export const recordScanner: ElementsReader = {
  read: (selector, options = {}) => new RecordParser(selector, options),
  // Measured: with 8 KiB it takes 5 % more CPU, and from 64 KiB on records are no longer in the cache when they are read.
  sliceBytes: 16_384,
  checkCheckpoint: checkXmlCheckpoint,
};

class RecordParser implements IncrementalParser<Uint8Array, XmlElement> {
  readonly #checkpoints: CheckpointMaker;
  readonly #finder: RecordFinder;
  readonly #collector: ElementCollector;
  readonly #reader: XmlReader;
  readonly #decoder: IncrementalParser<Uint8Array, Piece>;
  readonly #prolog = new PrologScanner();
  /** The bytes before the root, until it is found. */
  #start: Uint8Array = new Uint8Array();
  #state: 'prolog' | 'scanning' | 'reading' = 'prolog';
  /** Bytes to leave out, and then what has to come again, before what is behind a checkpoint. */
  #skip = 0;
  #again: Uint8Array = noBytes;
  /** Decodes what is left to the reader. */
  #strict = new StrictUtf8Decoder(0, {});
  /** Bytes of the body before the document: its byte order mark. */
  #mark = 0;
  #encoder: TextEncoder | undefined;
  #output: XmlElement[] = [];
  #records = 0;

  constructor(selector: CompiledSelector, options: ReadElementsOptions) {
    const { namespaces = {}, encoding, decodedAs, request } = options;
    const { limits = defaultLimits } = options;
    const selectors = new SelectorCache(namespaces);
    this.#collector = new ElementCollector(selector, selectors, { limits, request }, (element) => {
      this.#records += 1;
      this.#output.push(element);
    });
    this.#reader = new XmlReader(this.#collector, { ...options, limits, records: () => this.#records });
    const { entities } = this.#reader;
    this.#checkpoints = new CheckpointMaker(selector, options);
    const remembered = options.resumeAt?.counted;
    const checkpoints = this.#checkpoints;
    this.#finder = new RecordFinder({ selector, selectors, limits, entities, remembered, checkpoints });
    const makeDecoder: typeof xmlRules.makeDecoder = (name, offset, about) => {
      this.#checkpoints.encoding = name;
      this.#checkpoints.documentStart = offset;
      if (name !== 'utf-8') return xmlRules.makeDecoder(name, offset, about);
      this.#mark = offset;
      return undecoded;
    };
    const { resumeAt } = options;
    if (resumeAt !== undefined) {
      this.#decoder = this.#resume(resumeAt);
      return;
    }
    const { detect, unknownLabel } = xmlRules;
    const decoder = decodeText<Piece>({ encoding, decodedAs }, { detect, unknownLabel, makeDecoder });
    this.#decoder = inspectStart(decoder, {
      isEncodingKnown: (encoding ?? decodedAs) !== undefined,
      onHtml: () => {
        this.#reader.isHtml();
      },
    });
  }

  /** Gets ready for what is behind a checkpoint, and gives what decodes it. */
  #resume(checkpoint: XmlCheckpoint): IncrementalParser<Uint8Array, Piece> {
    const { encoding, documentStart, offset, overlap, open, position, records, entityCharacters } =
      checkpoint;
    const checkpoints = this.#checkpoints;
    checkpoints.encoding = encoding;
    checkpoints.documentStart = documentStart;
    this.#skip = checkpoints.bytesBefore(checkpoint);
    this.#again = endOfTag(encoding, overlap);
    this.#mark = documentStart;
    this.#records = this.#finder.records = records;
    this.#reader.entities.spent = entityCharacters;
    const isUtf8 = encoding === 'utf-8';
    if (open.length === 0) {
      this.#state = 'reading';
      this.#reader.resume(position, []);
      this.#strict = new StrictUtf8Decoder(offset, {});
    } else {
      this.#state = 'scanning';
      // In another encoding it is no matter of bytes: those are counted in what the text is in UTF-8.
      if (!this.#finder.resume(checkpoint, isUtf8 ? offset - documentStart : 0))
        throw checkpoints.refuse('its elements cannot be opened again');
    }
    return isUtf8 ? undecoded : xmlRules.makeDecoder(encoding, offset, {});
  }

  /** What of these bytes is behind the checkpoint. */
  #behind(bytes: Uint8Array): Uint8Array {
    let rest = bytes.subarray(this.#skip);
    this.#skip -= bytes.length - rest.length;
    const again = rest.subarray(0, this.#again.length);
    if (again.some((byte, index) => byte !== this.#again[index]))
      throw this.#checkpoints.refuse('there is something else in its place now');
    this.#again = this.#again.subarray(again.length);
    rest = rest.subarray(again.length);
    return rest;
  }

  write(bytes: Uint8Array, output: XmlElement[]): void {
    this.#output = output;
    const isBehind = this.#skip === 0 && this.#again.length === 0;
    const behind = isBehind ? bytes : this.#behind(bytes);
    if (behind.length === 0) return;
    this.#decode((pieces) => {
      this.#decoder.write(behind, pieces);
    });
  }

  end(output: XmlElement[]): void {
    this.#output = output;
    if (this.#skip > 0 || this.#again.length > 0)
      throw this.#checkpoints.refuse('the document ends before it');
    this.#decode((pieces) => {
      this.#decoder.end(pieces);
    });
    if (this.#state === 'prolog') this.#begin(new Uint8Array(), true);
    if (this.#state === 'scanning') this.#scan(new Uint8Array(), true);
    this.#read((texts) => {
      this.#strict.end(texts);
    });
    this.#reader.end();
  }

  /** Takes what is decoded, also what comes before bytes that are illegal: its own trouble, if any, lies nearer the start. */
  #decode(decode: (pieces: Piece[]) => void): void {
    const pieces: Piece[] = [];
    const illegal = parseErrorOf(() => {
      decode(pieces);
    });
    for (const piece of pieces) this.#take(piece);
    if (illegal === undefined) return;
    this.#handOver();
    this.#refuse(illegal);
  }

  #take(piece: Piece): void {
    if (this.#state === 'reading') {
      if (typeof piece === 'string') this.#reader.write(piece);
      else this.#readBytes(piece);
      return;
    }
    const bytes = typeof piece === 'string' ? (this.#encoder ??= new TextEncoder()).encode(piece) : piece;
    if (this.#state === 'scanning') this.#scan(bytes, false);
    else this.#begin(bytes, false);
  }

  /** Has the reader read what is before the root, once that is found. */
  #begin(bytes: Uint8Array, ended: boolean): void {
    const all = (this.#start = joinBytes(this.#start, bytes));
    const root = this.#prolog.rootIn(all);
    if (root === undefined && !ended && all.length <= longestProlog) return;
    if (root === undefined || root === -1) {
      this.#handOver();
      return;
    }
    this.#state = 'reading';
    this.#start = new Uint8Array();
    this.#strict = new StrictUtf8Decoder(this.#mark, {});
    this.#readBytes(all.subarray(0, root));
    const position = this.#reader.leaveRoot();
    if (position === undefined) {
      this.#readBytes(all.subarray(root));
      return;
    }
    this.#state = 'scanning';
    this.#finder.start(position, root);
    this.#scan(all.subarray(root), ended);
  }

  #scan(bytes: Uint8Array, ended: boolean): void {
    const before = this.#output.length;
    const isOver = this.#finder.write(bytes, this.#output, ended);
    this.#records += this.#output.length - before;
    if (isOver || ended) this.#handOver();
  }

  /** From here on the reader reads. */
  #handOver(): void {
    const state = this.#state;
    this.#state = 'reading';
    this.#reader.entities.scanned = undefined;
    if (state === 'prolog') {
      this.#strict = new StrictUtf8Decoder(this.#mark, {});
      this.#readBytes(this.#start);
    } else if (state === 'scanning') {
      const scan = this.#finder.suspend();
      // At the root nothing has happened yet.
      if (scan.open.length > 0 || scan.ended)
        this.#collector.resume(scan, this.#reader.resume(scan.position, scan.open));
      this.#strict = new StrictUtf8Decoder(this.#mark + scan.byteOffset, {});
      this.#readBytes(scan.rest);
    }
  }

  #readBytes(bytes: Uint8Array): void {
    this.#read((texts) => {
      this.#strict.write(bytes, texts);
    });
  }

  #read(decode: (texts: string[]) => void): void {
    const texts: string[] = [];
    const illegal = parseErrorOf(() => {
      decode(texts);
    });
    for (const text of texts) this.#reader.write(text);
    if (illegal !== undefined) this.#refuse(illegal);
  }

  #refuse(illegal: ParseError): never {
    throw this.#reader.errorAtEnd(illegal.detail, { advice: illegal.advice, cause: illegal });
  }
}

const noBytes = /*#__PURE__*/ new Uint8Array();

/** The ">" of an end tag, in so many bytes. */
function endOfTag(encoding: string, bytes: number): Uint8Array {
  const end = new Uint8Array(bytes);
  end[encoding === 'utf-16be' ? bytes - 1 : 0] = 0x3e;
  return end;
}

/** Bytes as they are. */
const undecoded: IncrementalParser<Uint8Array, Piece> = {
  write(bytes, output) {
    output.push(bytes);
  },
  end: () => undefined,
};

/** The error that these bytes are illegal. */
function parseErrorOf(decode: () => void): ParseError | undefined {
  try {
    decode();
  } catch (error) {
    if (!isParseError(error)) throw error;
    return error;
  }
  return undefined;
}
