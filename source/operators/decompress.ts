import { type MonoTypeOperatorFunction, type Subscriber } from 'rxjs';
import { LimitError } from '../errors/LimitError.js';
import { checkOneOf } from '../options/checks.js';
import { defaultLimits, type Limits, mergeLimits } from '../options/limits.js';
import { joinBytes } from '../parsing/collectBytes.js';
import { chooser, describeEntry } from '../parsing/packed/chooseEntry.js';
import { detectPacking } from '../parsing/packed/detectPacking.js';
import { gunzip } from '../parsing/packed/gunzip.js';
import { packedError, type PackedParser } from '../parsing/packed/PackedParser.js';
import { unzip } from '../parsing/packed/unzip.js';
import {
  type DoneEvent,
  type LoadingEvent,
  type Progress,
  type ReadyStateEvent,
  type RequestHead,
  type ResponseHead,
} from '../request/ReadyStateEvent.js';
import { observeWith, takeTurns } from './internal/parseWith.js';

/** A file that {@link decompress} has come to. */
export interface PackedFile {
  /** What the body is packed in. */
  readonly format: 'gzip' | 'zip';
  /** The file's name in a zip archive; `undefined` for gzip. */
  readonly name: string | undefined;
  /** Whether it is the one that is read; of a zip archive, the others are passed over. */
  readonly chosen: boolean;
}

/** Options of {@link decompress}. */
export interface DecompressOptions {
  /**
   * Which file of a zip archive is read: a name as it is in the archive (`'feeds/products.xml'`), a pattern for it, or a
   * function; of several that match, the first. @defaultValue the first file
   */
  readonly entry?: string | RegExp | ((name: string) => boolean) | undefined;
  /** Limits to put in the place of the request's: `decompressionRatio` counts. @defaultValue the request's */
  readonly limits?: Partial<Limits> | undefined;
  /** Called with each file, when its data starts; those that are passed over too. @defaultValue none */
  readonly onFile?: ((file: PackedFile) => void) | undefined;
}

/** The ratio counts from here on, as that of content codings does. */
const ratioCountsFrom = 67_108_864;
/** What a decoder has to read weighs so much where another one has made it, as for content codings. */
const handedOnWeight = 8;
/** No more is unpacked at once: what it yields is handed on before the next. */
const sliceBytes = 4096;

/**
 * Passes on the events with the body unpacked, where it is packed: for `.xml.gz`, `.zip` and the like that come without a
 * `Content-Encoding`. It goes by the first bytes, whatever the URL and `Content-Type` say; a body that is not packed passes as
 * it is. Put it before the operator that reads the body.
 *
 * - gzip: any number of members; zeros behind them are ignored, anything else there is an error.
 * - zip: one file, while the archive is still arriving; the rest is passed over.
 * - bzip2, xz, Zstandard, 7z and compress are errors that name them.
 *
 * Errors with a `ParseError`, after all that was whole before it, where the data is damaged or cut short, and with a
 * `LimitError` where it grows to more than `limits.decompressionRatio` times (200) its size on the wire, once past 64 MiB.
 *
 * @example
 * ```ts
 * import { decompress, request, text } from 'readystream';
 *
 * const packed = 'data:application/gzip;base64,H4sIAAAAAAACA/NIzcnJBwCCidH3BQAAAA==';
 * request(packed).pipe(decompress(), text()).subscribe(console.log); // Hello
 * ```
 *
 * @see [RFC 1952: gzip](https://www.rfc-editor.org/rfc/rfc1952),
 * [APPNOTE.TXT: zip](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT)
 */
export function decompress(options: DecompressOptions = {}): MonoTypeOperatorFunction<ReadyStateEvent> {
  for (const name in options) checkOneOf('decompress option', name, ['entry', 'limits', 'onFile']);
  const { entry, limits } = options;
  if (
    entry !== undefined &&
    typeof entry !== 'string' &&
    typeof entry !== 'function' &&
    !(entry instanceof RegExp)
  )
    throw new TypeError('decompress: entry is neither a name, a RegExp nor a function');
  mergeLimits(defaultLimits, limits);
  return (source) =>
    observeWith(source, (subscriber) => {
      const decompressor = new Decompressor(options, subscriber);
      const inTurn = takeTurns(subscriber);
      return {
        next: (event) => {
          inTurn((one: ReadyStateEvent) => {
            decompressor.read(one);
          }, event);
        },
        error: (error: unknown) => {
          inTurn(() => {
            decompressor.release();
            subscriber.error(error);
          }, undefined);
        },
        complete: () => {
          inTurn(() => {
            decompressor.release();
            subscriber.complete();
          }, undefined);
        },
      };
    });
}

class Decompressor {
  readonly #options: DecompressOptions;
  readonly #subscriber: Subscriber<ReadyStateEvent>;
  #request: RequestHead | undefined;
  #limits = defaultLimits;
  /** `undefined` while the first bytes do not tell. */
  #isPacked: boolean | undefined;
  #parser: PackedParser | undefined;
  /** What came while the first bytes did not tell. */
  #held: LoadingEvent[] = [];
  #start: Uint8Array | undefined;
  #format: 'gzip' | 'zip' | undefined;
  /** The response as it came, and as it is handed on. */
  #packed: ResponseHead | undefined;
  #unpacked: ResponseHead | undefined;
  #progress: Progress | undefined;
  /** Bytes that were unpacked and handed on. */
  #loaded = 0;
  /** What all decoders have given, whatever became of it. */
  #work = 0;
  readonly #output: Uint8Array<ArrayBuffer>[] = [];

  constructor(options: DecompressOptions, subscriber: Subscriber<ReadyStateEvent>) {
    this.#options = options;
    this.#subscriber = subscriber;
    this.#restart();
  }

  read(event: ReadyStateEvent): void {
    if (event.readyState === 1) {
      this.#request = event.request;
      this.#restart();
    }
    if (event.readyState < 3 || this.#isPacked === false) {
      this.#subscriber.next(event);
      return;
    }
    if (event.readyState === 3) this.#load(event);
    else if (event.readyState === 4) this.#done(event);
  }

  /** Hands on what is held while the first bytes do not tell, where there will be no more of them. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const event of held) if (!this.#subscriber.closed) this.#subscriber.next(event);
  }

  /** Each attempt of a request has a body of its own. */
  #restart(): void {
    this.#limits = mergeLimits(this.#request?.limits ?? defaultLimits, this.#options.limits);
    this.#isPacked = undefined;
    this.#parser = undefined;
    this.#held = [];
    this.#start = undefined;
    this.#loaded = this.#work = 0;
  }

  #load(event: LoadingEvent): void {
    if (this.#isPacked === true) {
      this.#unpack(event);
      return;
    }
    this.#start = joinBytes(this.#start, event.chunk);
    this.#held.push(event);
    if (this.#detect(event, false)) this.#readHeld();
  }

  #done(event: DoneEvent): void {
    if (this.#isPacked === undefined) {
      if (!this.#detect(event, true)) return;
      this.#readHeld();
    }
    if (this.#subscriber.closed) return;
    if (!this.#isPacked) this.#subscriber.next(event);
    else if (this.#parse(event)) {
      const response = this.#responseOf(event);
      this.#subscriber.next({ ...event, response, progress: this.#progressOf(event) });
    }
  }

  /** Goes on with what is held, when the first bytes have told how. */
  #readHeld(): void {
    if (!this.#isPacked) {
      this.release();
      return;
    }
    const held = this.#held;
    this.#held = [];
    for (const event of held) this.#unpack(event);
  }

  /** Looks at the first bytes, and tells whether it goes on by what they say. */
  #detect({ response: { url } }: LoadingEvent | DoneEvent, ended: boolean): boolean {
    const packing = detectPacking(this.#start ?? new Uint8Array(), ended);
    if (packing === 'unknown') return false;
    this.#start = undefined;
    this.#isPacked = packing !== 'none';
    const about = { request: this.#request, url };
    const count = this.#count.bind(this);
    if (packing === 'none') return true;
    if (packing === 'gzip') {
      this.#format = 'gzip';
      this.#parser = gunzip({ ...about, count });
      return this.#guarded(() => this.#options.onFile?.({ format: 'gzip', name: undefined, chosen: true }));
    }
    if (packing === 'zip') {
      this.#format = 'zip';
      const { entry, onFile } = this.#options;
      const choose = chooser(entry);
      const wanted = describeEntry(entry);
      const found = (name: string, chosen: boolean): void => onFile?.({ format: 'zip', name, chosen });
      this.#parser = unzip({ ...about, count, choose, wanted, found });
      return true;
    }
    const advice = 'decompress() undoes gzip and zip only; unpack it first';
    this.#subscriber.error(packedError(`The body is packed by ${packing}`, about, { advice }));
    return false;
  }

  #unpack(event: LoadingEvent): void {
    const { chunk } = event;
    for (let start = 0; start < chunk.length && !this.#subscriber.closed; start += sliceBytes)
      this.#parse(event, chunk.subarray(start, start + sliceBytes));
  }

  /** Unpacks a slice, or the end, hands on what that yields, and tells whether it goes on. */
  #parse(event: LoadingEvent | DoneEvent, slice?: Uint8Array): boolean {
    this.#progress = event.progress;
    let failure: { readonly error: unknown } | undefined;
    try {
      if (slice) this.#parser?.write(slice, this.#output);
      else this.#parser?.end(this.#output);
    } catch (error) {
      failure = { error };
    }
    for (const chunk of this.#output) {
      if (this.#subscriber.closed) break;
      this.#loaded += chunk.length;
      const response = this.#responseOf(event);
      this.#subscriber.next({ readyState: 3, response, chunk, progress: this.#progressOf(event) });
    }
    this.#output.length = 0;
    if (failure) this.#subscriber.error(failure.error);
    return failure === undefined;
  }

  #guarded(call: () => void): boolean {
    try {
      call();
      return true;
    } catch (error) {
      this.#subscriber.error(error);
      return false;
    }
  }

  /** The response, marked, so that nobody takes the bytes of the file for its own. */
  #responseOf({ response }: LoadingEvent | DoneEvent): ResponseHead {
    if (response !== this.#packed) {
      this.#packed = response;
      this.#unpacked = { ...response, unpacked: this.#format };
    }
    return this.#unpacked ?? response;
  }

  #progressOf({ response, progress }: LoadingEvent | DoneEvent): Progress {
    const { loaded, transferred, total } = progress;
    // Without a coding the bytes that came are those on the wire.
    const wire = transferred ?? (response.headers.has('content-encoding') ? undefined : loaded);
    return { loaded: this.#loaded, transferred: wire, total };
  }

  #count(bytes: number): void {
    this.#work += bytes;
    const { decompressionRatio } = this.#limits;
    const { loaded = 0, transferred = loaded } = this.#progress ?? {};
    const handedOn = loaded > transferred ? loaded * handedOnWeight : 0;
    if (this.#work + handedOn > Math.max(ratioCountsFrom, decompressionRatio * transferred))
      throw new LimitError('decompressionRatio', decompressionRatio, { request: this.#request });
  }
}
