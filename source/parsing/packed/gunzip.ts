import { isReadystreamError } from '../../errors/guards.js';
import { type ParseError } from '../../errors/ParseError.js';
import { crc32 } from './crc32.js';
import { Inflater } from './Inflater.js';
import { packedError, type PackedOptions, type PackedParser } from './PackedParser.js';

type State =
  'header' | 'extra' | 'name' | 'comment' | 'headerCrc' | 'data' | 'trailer' | 'between' | 'padding';

const headerBytes = 10;
const trailerBytes = 8;
/** The header's flags: what follows it. */
const flag = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/**
 * Undoes gzip, as gzip(1) does: of any number of members, behind which there may be zeros. Anything else behind them, a wrong
 * checksum or length, and an end inside a member are errors.
 *
 * @see [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)
 */
export function gunzip(options: PackedOptions): PackedParser {
  return new Gunzip(options);
}

class Gunzip implements PackedParser {
  readonly #options: PackedOptions;
  #output: Uint8Array<ArrayBuffer>[] = [];
  #state: State = 'header';
  /** From 1. */
  #member = 1;
  /** What was read of a part of fixed length. */
  #part: number[] = [];
  #flags = 0;
  #headerCrc = 0;
  /** Bytes of the extra field that are left. */
  #extra = 0;
  #inflater: Inflater | undefined;
  #crc = 0;
  #length = 0;

  constructor(options: PackedOptions) {
    this.#options = options;
  }

  write(bytes: Uint8Array, output: Uint8Array<ArrayBuffer>[]): void {
    this.#output = output;
    let left = bytes;
    while (left.length > 0) left = this.#state === 'data' ? this.#inflate(left) : this.#readFrame(left);
  }

  end(): void {
    if (this.#state !== 'between' && this.#state !== 'padding') {
      throw this.#error(`The gzip data ends inside member ${this.#member}: it is cut short`);
    }
  }

  #inflate(bytes: Uint8Array): Uint8Array {
    try {
      this.#inflater ??= new Inflater((piece) => {
        this.#options.count(piece.length);
        this.#crc = crc32(this.#crc, piece);
        this.#length += piece.length;
        this.#output.push(piece);
      });
      const behind = this.#inflater.write(bytes);
      if (behind === undefined) return bytes.subarray(bytes.length);
      this.#state = 'trailer';
      return behind;
    } catch (cause) {
      if (isReadystreamError(cause)) throw cause;
      throw this.#error(`Member ${this.#member} of the gzip data is damaged`, cause);
    }
  }

  /** Reads bytes around the compressed data, and gives those that are left. */
  #readFrame(bytes: Uint8Array): Uint8Array {
    let index = 0;
    while (index < bytes.length && this.#state !== 'data') this.#readByte(bytes[index++] ?? 0);
    return bytes.subarray(index);
  }

  #readByte(byte: number): void {
    switch (this.#state) {
      case 'between':
        if (byte === 0) {
          this.#state = 'padding';
          return;
        }
        this.#member += 1;
        this.#state = 'header';
        this.#readHeader(byte);
        return;
      case 'padding':
        if (byte !== 0) throw this.#junk();
        return;
      case 'header':
        this.#readHeader(byte);
        return;
      case 'trailer':
        if (this.#take(byte, trailerBytes)) this.#endMember();
        return;
      case 'headerCrc':
        if (!this.#take(byte, 2)) return;
        if (this.#number(0, 2) !== (this.#headerCrc & 0xffff))
          throw this.#error(`The header of member ${this.#member} of the gzip data is damaged`);
        this.#part = [];
        this.#state = 'data';
        return;
      case 'data':
        return;
      case 'extra':
      case 'name':
      case 'comment':
        this.#headerCrc = crc32(this.#headerCrc, Uint8Array.of(byte));
        this.#readOptional(byte);
    }
  }

  #readHeader(byte: number): void {
    const isWhole = this.#take(byte, headerBytes);
    const [first, second = 0x8b, method = 8, flags = 0] = this.#part;
    if (first !== 0x1f || second !== 0x8b) throw this.#junk();
    if (method !== 8) throw this.#error(`The gzip data uses the compression method ${method}, not deflate`);
    if ((flags & flag.reserved) !== 0)
      throw this.#error('The gzip data has flags in its header that are not known');
    if (!isWhole) return;
    this.#flags = flags;
    this.#headerCrc = crc32(0, Uint8Array.from(this.#part));
    this.#part = [];
    this.#inflater = undefined;
    this.#crc = 0;
    this.#length = 0;
    this.#nextOptional();
  }

  /** Goes on to the next of the parts that the header's flags announce. */
  #nextOptional(): void {
    const announced = (name: 'extra' | 'name' | 'comment' | 'headerCrc'): boolean => {
      const isThere = (this.#flags & flag[name]) !== 0;
      this.#flags &= ~flag[name];
      if (isThere) this.#state = name;
      return isThere;
    };
    if (announced('extra') || announced('name') || announced('comment') || announced('headerCrc')) return;
    this.#state = 'data';
  }

  #readOptional(byte: number): void {
    if (this.#state !== 'extra') {
      if (byte === 0) this.#nextOptional();
      return;
    }
    if (this.#part.length < 2) {
      if (!this.#take(byte, 2)) return;
      this.#extra = this.#number(0, 2);
    } else {
      this.#extra -= 1;
    }
    if (this.#extra > 0) return;
    this.#part = [];
    this.#nextOptional();
  }

  #endMember(): void {
    const isIntact = this.#number(0, 4) === this.#crc && this.#number(4, 4) === this.#length % 2 ** 32;
    if (!isIntact)
      throw this.#error(
        `Member ${this.#member} of the gzip data is damaged: its checksum or length does not fit`,
      );
    this.#part = [];
    this.#state = 'between';
  }

  /** Takes a byte of a part of this length, and tells whether it is whole. */
  #take(byte: number, length: number): boolean {
    this.#part.push(byte);
    return this.#part.length === length;
  }

  #number(at: number, length: number): number {
    let value = 0;
    for (let index = at + length - 1; index >= at; index -= 1) value = value * 256 + (this.#part[index] ?? 0);
    return value;
  }

  #junk(): ParseError {
    return this.#error('There is something behind the gzip data that is neither a further member nor zeros');
  }

  #error(detail: string, cause?: unknown): ParseError {
    return packedError(detail, this.#options, { cause });
  }
}
