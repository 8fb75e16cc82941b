import { ParseError } from '../errors/ParseError.js';
import { type IncrementalParser } from './IncrementalParser.js';
import { joinBytes } from './joinBytes.js';
import { type ParserOptions } from './ParserOptions.js';
import { byteTable } from './encoding/byteTable.js';
import { ByteTableDecoder } from './encoding/ByteTableDecoder.js';
import { declaredEncoding } from './encoding/declaredEncoding.js';
import { getEncoding } from './encoding/getEncoding.js';
import { PlatformDecoder } from './encoding/PlatformDecoder.js';
import { ReplacementDecoder } from './encoding/ReplacementDecoder.js';

/** What is known of the encoding of a body, and how strict its decoding is. */
export interface DecodeTextOptions extends ParserOptions {
  /** A label that outranks all but a byte order mark: the `mimeType` option's charset, else that of `Content-Type`. */
  readonly encoding?: string | undefined;
  /** The bytes are UTF-8, whatever else is said, and no byte order mark is looked for. */
  readonly decodedAs?: 'utf-8' | undefined;
  /** Look for the encoding in the XML declaration where nothing else tells it; one that is not known is an error. */
  readonly sniff?: 'xml' | undefined;
  /** Bytes that are illegal in the encoding are an error instead of U+FFFD. @defaultValue false */
  readonly fatal?: boolean | undefined;
}

/**
 * Decodes the bytes of a body: by its byte order mark, else by the given encoding, else by the XML declaration where that
 * is looked for, else as UTF-8. A label that the Encoding Standard does not know is passed over, as browsers do. Pieces
 * are never empty and never split a character; a piece may wait for more where it ends inside one, in the East Asian
 * encodings up to the next ASCII punctuation or line end.
 *
 * With `fatal`, illegal bytes throw a `ParseError` that names them, their offset and the encoding, after all the text
 * before them.
 *
 * @see [Encoding: decode](https://encoding.spec.whatwg.org/#decode)
 */
export function decodeText(options: DecodeTextOptions = {}): IncrementalParser<Uint8Array, string> {
  return new BodyDecoder(options);
}

class BodyDecoder implements IncrementalParser<Uint8Array, string> {
  readonly #options: DecodeTextOptions;
  /** Set once the encoding is known. */
  #decoder: IncrementalParser<Uint8Array, string> | undefined;
  /** The start of the body, while it does not tell the encoding yet. */
  #start: Uint8Array | undefined;

  constructor(options: DecodeTextOptions) {
    this.#options = options;
  }

  write(chunk: Uint8Array, output: string[]): void {
    if (this.#decoder === undefined) this.#begin(joinBytes(this.#start, chunk), false, output);
    else this.#decoder.write(chunk, output);
  }

  end(output: string[]): void {
    if (this.#decoder === undefined && this.#start !== undefined) this.#begin(this.#start, true, output);
    this.#decoder?.end(output);
  }

  #begin(start: Uint8Array, ended: boolean, output: string[]): void {
    const found = this.#findEncoding(start, ended);
    if (found === undefined) {
      if (start.length > 0) this.#start = start;
      return;
    }
    this.#start = undefined;
    this.#decoder = this.#makeDecoder(found.encoding, found.skip);
    const rest = found.skip === 0 ? start : start.subarray(found.skip);
    if (rest.length > 0) this.#decoder.write(rest, output);
  }

  /** The encoding and the length of the byte order mark; `undefined` where more bytes have to come. */
  #findEncoding(
    start: Uint8Array,
    ended: boolean,
  ): { readonly encoding: string; readonly skip: number } | undefined {
    const { decodedAs, encoding: given, sniff } = this.#options;
    if (decodedAs !== undefined) return utf8;
    const mark = byteOrderMark(start);
    if (mark !== undefined) return mark;
    if (!ended && mayBecomeMark(start)) return undefined;
    const encoding = given === undefined ? undefined : getEncoding(given);
    if (encoding !== undefined) return encoding === 'utf-8' ? utf8 : { encoding, skip: 0 };
    if (sniff === undefined) return utf8;
    const declared = declaredEncoding(start, ended);
    if (declared === 'unknown') return undefined;
    if (declared === 'none') return utf8;
    return { encoding: 'encoding' in declared ? declared.encoding : this.#believe(declared.label), skip: 0 };
  }

  #believe(label: string): string {
    const encoding = getEncoding(label);
    if (encoding === undefined || encoding === 'replacement') {
      throw new ParseError(
        'text',
        `The XML declaration names the encoding '${label}', which is not supported`,
        this.#options,
      );
    }
    // It could not have been read in UTF-16, so that is not the encoding; browsers take the same way.
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  }

  #makeDecoder(encoding: string, skip: number): IncrementalParser<Uint8Array, string> {
    const { fatal = false } = this.#options;
    if (encoding === 'utf-8') return new PlatformDecoder(encoding, skip, fatal, this.#options);
    if (encoding === 'replacement') {
      if (!fatal) return new ReplacementDecoder();
      throw new ParseError(
        'text',
        `The encoding '${this.#options.encoding ?? encoding}' is not supported`,
        this.#options,
      );
    }
    const table = byteTable(encoding);
    return table === undefined
      ? new PlatformDecoder(encoding, skip, fatal, this.#options)
      : new ByteTableDecoder(encoding, table, skip, fatal, this.#options);
  }
}

const utf8 = { encoding: 'utf-8', skip: 0 };

function byteOrderMark([first, second, third]: Uint8Array): { encoding: string; skip: number } | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', skip: 2 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  return undefined;
}

/** Whether the bytes are the beginning of a byte order mark. */
function mayBecomeMark({ length, 0: first, 1: second }: Uint8Array): boolean {
  if (length === 0) return true;
  if (length === 1) return first === 0xef || first === 0xfe || first === 0xff;
  return length === 2 && first === 0xef && second === 0xbb;
}
