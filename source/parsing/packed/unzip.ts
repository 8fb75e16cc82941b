import { isReadystreamError } from '../../errors/guards.js';
import { type ParseError } from '../../errors/ParseError.js';
import { joinBytes } from '../collectBytes.js';
import { crc32 } from './crc32.js';
import { Inflater } from './Inflater.js';
import { packedError, type PackedOptions, type PackedParser } from './PackedParser.js';
import {
  descriptorWindow,
  lengthOfDescriptor,
  lengthOfLocalHeader,
  localHeaderBytes,
  readLocalHeader,
  uint64,
  type ZipHeader,
  zipSignature,
} from './ZipHeader.js';

/** What of a zip archive is read. */
export interface UnzipOptions extends PackedOptions {
  /** Whether the file of this name is to be read; the first for which that is so is. */
  readonly choose: (name: string) => boolean;
  /** What was looked for, in words, for the error where there is no such file. */
  readonly wanted: string;
  /** Hears of each file, and whether it is the one that is read. */
  readonly found: (name: string, isChosen: boolean) => void;
}

/** Reads what it can of the bytes, and gives those that are left; `undefined` where more have to come first. */
type Step = (bytes: Uint8Array) => Uint8Array | undefined;

/** How many names an error lists. */
const mostNames = 10;
const methods: Readonly<Record<number, string>> = {
  1: 'shrink',
  6: 'implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
  99: 'AES encryption',
};

/**
 * Reads one file of a zip archive, as it arrives: by what stands before each file, not by the directory at the end. The rest of
 * the archive is passed over, to see that it is whole; a file that is damaged, encrypted or compressed by something else than
 * deflate is an error.
 *
 * @see [APPNOTE.TXT](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT)
 */
export function unzip(options: UnzipOptions): PackedParser {
  return new Unzip(options);
}

class Unzip implements PackedParser {
  readonly #options: UnzipOptions;
  #output: Uint8Array<ArrayBuffer>[] = [];
  /** What was taken and is too short for the next step. */
  #held: Uint8Array | undefined;
  #step: Step = (bytes) => this.#readPart(bytes);
  #ended = false;
  #hasChosen = false;
  readonly #names: string[] = [];
  #files = 0;
  /** Whether anything was read of a file or a folder. */
  #begun = false;
  /** The file that is being read, and what was seen of it. */
  #header: ZipHeader | undefined;
  #isChosen = false;
  #crc = 0;
  #length = 0;
  #compressed = 0;

  constructor(options: UnzipOptions) {
    this.#options = options;
  }

  write(bytes: Uint8Array, output: Uint8Array<ArrayBuffer>[]): void {
    this.#output = output;
    let left = joinBytes(this.#held, bytes);
    this.#held = undefined;
    while (left.length > 0) {
      if (this.#ended) throw this.#error('There is something behind the end of the zip archive');
      const behind = this.#step(left);
      if (behind === undefined) {
        this.#held = left.slice();
        return;
      }
      left = behind;
    }
  }

  end(): void {
    if (!this.#ended) {
      const where = this.#header === undefined ? '' : ` inside ${quoted(this.#header.name)}`;
      throw this.#error(`The zip archive ends${where}: it is cut short`);
    }
    if (this.#hasChosen) return;
    const more = this.#files > this.#names.length ? ', …' : '';
    throw this.#error(
      this.#files === 0
        ? 'The zip archive holds no file'
        : `The zip archive holds no ${this.#options.wanted}, but ${this.#names.map(quoted).join(', ')}${more}`,
    );
  }

  #readPart(bytes: Uint8Array): Uint8Array | undefined {
    if (bytes.length < 4) return undefined;
    const view = viewOf(bytes);
    switch (view.getUint32(0, true)) {
      case zipSignature.localFile:
        return this.#readLocalFile(bytes);
      case zipSignature.dataDescriptor:
      case zipSignature.spanned:
        if (this.#begun) break;
        return bytes.subarray(4);
      case zipSignature.centralFile:
        if (bytes.length < 46) return undefined;
        return this.#skip(
          bytes,
          46 + view.getUint16(28, true) + view.getUint16(30, true) + view.getUint16(32, true),
        );
      case zipSignature.digitalSignature:
        return bytes.length < 6 ? undefined : this.#skip(bytes, 6 + view.getUint16(4, true));
      case zipSignature.zip64End:
        return bytes.length < 12 ? undefined : this.#skip(bytes, 12 + uint64(view, 4));
      case zipSignature.zip64Locator:
        return this.#skip(bytes, 20);
      case zipSignature.end:
        if (bytes.length < 22) return undefined;
        return this.#skip(bytes, 22 + view.getUint16(20, true), () => {
          this.#ended = true;
        });
    }
    throw this.#error('The zip archive is damaged: there is something between its parts');
  }

  /** Passes over this many bytes, whenever they come. */
  #skip(bytes: Uint8Array, count: number, then = (): void => undefined): Uint8Array {
    let left = count;
    const step: Step = (some) => {
      const passed = Math.min(left, some.length);
      left -= passed;
      if (left === 0) {
        this.#step = (rest) => this.#readPart(rest);
        then();
      }
      return some.subarray(passed);
    };
    this.#step = step;
    return step(bytes) ?? bytes;
  }

  #readLocalFile(bytes: Uint8Array): Uint8Array | undefined {
    const view = viewOf(bytes);
    if (bytes.length < localHeaderBytes) return undefined;
    const length = lengthOfLocalHeader(view);
    if (bytes.length < length) return undefined;
    const header = readLocalHeader(view);
    this.#begun = true;
    this.#crc = this.#length = this.#compressed = 0;
    const isFile = !header.name.endsWith('/');
    this.#isChosen = isFile && !this.#hasChosen && this.#options.choose(header.name);
    this.#hasChosen ||= this.#isChosen;
    if (isFile) {
      this.#files += 1;
      if (this.#names.length < mostNames) this.#names.push(header.name);
      this.#options.found(header.name, this.#isChosen);
    }
    const data = bytes.subarray(length);
    // What has its length in the header may hold anything, if nobody wants it.
    if (!this.#isChosen && !header.hasDescriptor) return this.#skip(data, header.compressed);
    this.#header = header;
    this.#refuseUnreadable(header);
    if (header.method === 8) this.#step = this.#inflating(header);
    else if (header.hasDescriptor && header.compressed === 0)
      this.#step = (some) => this.#copyUpToDescriptor(some);
    else this.#step = (some) => this.#copy(some, header);
    // An empty file has no data to wait for.
    if (header.method === 0 && !header.hasDescriptor && header.compressed === 0) this.#endFile(header);
    return data;
  }

  #refuseUnreadable({ name, isEncrypted, method, compressed, length, hasDescriptor }: ZipHeader): void {
    if (isEncrypted) throw this.#error(`${quoted(name)} in the zip archive is encrypted`);
    if (method !== 0 && method !== 8) {
      const known = methods[method];
      throw this.#error(
        `${quoted(name)} in the zip archive is compressed by ${known ?? `method ${method}`}, not by deflate`,
      );
    }
    if (method === 0 && !hasDescriptor && compressed !== length) throw this.#damaged();
  }

  #inflating(header: ZipHeader): Step {
    const inflater = new Inflater((piece) => {
      this.#take(piece);
    });
    return (bytes) => {
      const hasLength = !header.hasDescriptor || header.compressed > 0;
      const own = hasLength ? bytes.subarray(0, header.compressed - this.#compressed) : bytes;
      let behind: Uint8Array | undefined;
      try {
        behind = inflater.write(own);
      } catch (cause) {
        if (isReadystreamError(cause)) throw cause;
        throw this.#damaged(cause);
      }
      this.#compressed += own.length - (behind?.length ?? 0);
      if (behind !== undefined) this.#endFile(header);
      else if (hasLength && this.#compressed === header.compressed) throw this.#damaged();
      return bytes.subarray(own.length - (behind?.length ?? 0));
    };
  }

  #copy(bytes: Uint8Array, header: ZipHeader): Uint8Array {
    const own = bytes.slice(0, header.compressed - this.#compressed);
    this.#compressed += own.length;
    this.#take(own);
    if (this.#compressed === header.compressed) this.#endFile(header);
    return bytes.subarray(own.length);
  }

  /** Copies what is not compressed and tells its length behind it only, by a descriptor that fits all that was read. */
  #copyUpToDescriptor(bytes: Uint8Array): Uint8Array | undefined {
    if (bytes.length < descriptorWindow) return undefined;
    let from = 0;
    const copyTo = (to: number): void => {
      if (to === from) return;
      const own = bytes.slice(from, to);
      this.#compressed += own.length;
      this.#take(own);
      from = to;
    };
    const last = bytes.length - descriptorWindow;
    for (let at = bytes.indexOf(0x50); at !== -1 && at <= last; at = bytes.indexOf(0x50, at + 1)) {
      const view = viewOf(bytes.subarray(at));
      if (view.getUint32(0, true) !== zipSignature.dataDescriptor) continue;
      copyTo(at);
      const seen = { crc: this.#crc, compressed: this.#compressed, length: this.#length };
      const length = lengthOfDescriptor(view, seen);
      if (length === undefined) continue;
      this.#header = undefined;
      this.#step = (rest) => this.#readPart(rest);
      return bytes.subarray(at + length);
    }
    copyTo(last + 1);
    return bytes.subarray(from);
  }

  #endFile(header: ZipHeader): void {
    if (header.hasDescriptor) {
      this.#step = (bytes) => this.#readDescriptor(bytes);
      return;
    }
    if (header.crc !== this.#crc || header.length !== this.#length) throw this.#damaged();
    this.#header = undefined;
    this.#step = (bytes) => this.#readPart(bytes);
  }

  #readDescriptor(bytes: Uint8Array): Uint8Array | undefined {
    if (bytes.length < descriptorWindow) return undefined;
    const seen = { crc: this.#crc, compressed: this.#compressed, length: this.#length };
    const length = lengthOfDescriptor(viewOf(bytes), seen);
    if (length === undefined) throw this.#damaged();
    this.#header = undefined;
    this.#step = (rest) => this.#readPart(rest);
    return bytes.subarray(length);
  }

  #take(piece: Uint8Array<ArrayBuffer>): void {
    this.#options.count(piece.length);
    this.#crc = crc32(this.#crc, piece);
    this.#length += piece.length;
    if (this.#isChosen && piece.length > 0) this.#output.push(piece);
  }

  #damaged(cause?: unknown): ParseError {
    return this.#error(`${quoted(this.#header?.name ?? '')} in the zip archive is damaged`, cause);
  }

  #error(detail: string, cause?: unknown): ParseError {
    return packedError(detail, this.#options, { cause });
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}
