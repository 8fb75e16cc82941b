import { ResumeError } from '../../../errors/ResumeError.js';
import { type TextPosition } from '../../../errors/ParseError.js';
import { contentCodings, strongValidator } from '../../../http/Checkpoint.js';
import { type ReadElementsOptions } from '../readElements.js';
import { type RecordNode } from '../RecordNode.js';
import { type CompiledSelector } from '../selectors/compileSelector.js';
import { type XmlCheckpoint } from '../XmlCheckpoint.js';
import { LazyNode } from './LazyNode.js';

/** Encodings in which each byte is one code unit. */
const singleByte = /^(?:ibm866|iso-8859-\d+(?:-i)?|koi8-[ru]|macintosh|windows-\d+|x-mac-cyrillic)$/;

/** Bytes of a code unit, where all are of one size; 0 for UTF-8, whose bytes are counted; `undefined` for other encodings. */
function unitBytes(encoding: string): number | undefined {
  if (encoding === 'utf-8') return 0;
  if (encoding.startsWith('utf-16')) return 2;
  return singleByte.test(encoding) ? 1 : undefined;
}

/** Makes the checkpoints of one document, and finds where another one's checkpoint is in this response. */
export class CheckpointMaker {
  readonly #options: ReadElementsOptions;
  readonly #selector: CompiledSelector;
  /** Set once it is known. */
  encoding = 'utf-8';
  documentStart = 0;

  constructor(selector: CompiledSelector, options: ReadElementsOptions) {
    this.#selector = selector;
    this.#options = options;
  }

  /** The checkpoint at the end of a record; `places` are those of the elements around. @throws TypeError where there is none. */
  at(node: RecordNode, places: readonly Pick<TextPosition, 'line' | 'column'>[]): XmlCheckpoint {
    const { encoding, documentStart } = this;
    const record = node instanceof LazyNode ? node.whole : undefined;
    if (record === undefined)
      throw refusal('only a record of elements() has one, of records inside one another the outermost');
    const { response, namespaces = {} } = this.#options;
    if (response === undefined) throw refusal('nothing is known of the response');
    const codings = contentCodings(response.headers);
    if (codings !== undefined)
      throw refusal(`the response has the content coding ${codings}: request it with resumeAt(undefined)`);
    if (response.unpacked !== undefined)
      throw refusal(`the body was packed as ${response.unpacked}: a part of it cannot be unpacked`);
    const validator = strongValidator(response.headers);
    if (validator === undefined)
      throw refusal('the response has no strong validator (ETag, or Last-Modified and a later Date)');
    if (response.decodedAs !== undefined)
      throw refusal('XMLHttpRequest has decoded the body, whose bytes are lost: use fetchAdapter()');
    const unit = unitBytes(encoding);
    if (unit === undefined) throw refusal(`places cannot be counted in bytes in the encoding ${encoding}`);
    const { byteOffset, ...position } = record.endPosition();
    return {
      version: 1,
      url: response.url,
      validator,
      offset: documentStart + (unit === 0 ? byteOffset : unit * position.offset),
      overlap: Math.max(unit, 1),
      encoding,
      documentStart,
      position,
      records: record.records,
      entityCharacters: record.entityCharacters,
      selector: this.#selector.selector,
      namespaces,
      open: node.ancestors().map(({ name, attributes }, depth) => ({
        name,
        attributes: attributes.map((attribute) => [attribute.name, attribute.value] as const),
        line: places[depth]?.line ?? 1,
        column: places[depth]?.column ?? 1,
      })),
      ...(record.counted === undefined ? {} : { counted: record.counted }),
    };
  }

  /**
   * How many bytes of this response come before those that a checkpoint asked for again.
   *
   * @throws ResumeError where it is not the rest of the document.
   */
  bytesBefore({ offset, overlap, validator }: XmlCheckpoint): number {
    const { response } = this.#options;
    if (response === undefined) throw this.refuse('nothing is known of the response');
    const { status, headers } = response;
    const codings = contentCodings(headers);
    if (codings !== undefined) throw this.refuse(`the response has the content coding ${codings}`);
    if (response.unpacked !== undefined) throw this.refuse(`the body is packed as ${response.unpacked}`);
    if (response.decodedAs !== undefined) throw this.refuse('XMLHttpRequest has decoded the body');
    const now = strongValidator(headers);
    if (now !== validator && !(status === 206 && now === undefined && !headers.has('etag'))) {
      throw this.refuse(
        now === undefined ? 'the response has no strong validator' : 'the document has changed since',
      );
    }
    // A server that knows no ranges sends all of the same document.
    if (status === 200) return offset - overlap;
    if (status !== 206) throw this.refuse(`the server responded with ${status} instead of 206`);
    const [, from] = /^bytes (\d+)-/i.exec(headers.get('content-range') ?? '') ?? [];
    if (from === undefined) throw this.refuse('the response does not say which range it is (Content-Range)');
    if (Number(from) !== offset - overlap) {
      throw this.refuse(`the response begins at byte ${from} instead of ${offset - overlap}`);
    }
    return 0;
  }

  refuse(detail: string): ResumeError {
    return new ResumeError(detail, { request: this.#options.request });
  }
}

function refusal(why: string): TypeError {
  return new TypeError(`There is no checkpoint here: ${why}`);
}
