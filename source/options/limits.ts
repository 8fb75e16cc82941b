import { LimitError, type LimitName } from '../errors/LimitError.js';
import { type RequestSummary } from '../errors/ReadystreamError.js';
import { checkNumbers, omitUndefined } from './checks.js';

/** How much may be held or followed before a `LimitError`; `Infinity` lifts a limit. */
export interface Limits {
  /** Bytes of a response's header section. @defaultValue 262,144 (256 KiB) */
  readonly headerBytes: number;
  /**
   * Bytes of a value that is buffered whole: `text()`, `json()`, `arrayBuffer()`, `blob()`. @defaultValue 536,870,912 (512
   * MiB)
   */
  readonly bufferedBytes: number;
  /** Bytes of the URL that a redirect leads to. @defaultValue 65,536 (64 KiB) */
  readonly urlBytes: number;
  /** Bytes of the `Cookie` field that a jar supplies for a request. @defaultValue 16,384 (16 KiB) */
  readonly cookieBytes: number;
  /**
   * How many times its size a compressed response may grow to, once past 64 MiB. If codings are nested, the output of each
   * counts, and eight times if another coding has to read it. @defaultValue 200
   */
  readonly decompressionRatio: number;
  /** Characters of a line, or of a server-sent event. @defaultValue 16,777,216 (16 Mi) */
  readonly lineCharacters: number;
  /** Bytes of the body that an `HttpStatusError` keeps; the rest is cut off. @defaultValue 1,048,576 (1 MiB) */
  readonly statusErrorBodyBytes: number;
  /** How deep XML elements may nest. @defaultValue 1,000 */
  readonly xmlDepth: number;
  /** Attributes of an XML element. @defaultValue 1,000 */
  readonly xmlAttributes: number;
  /** Characters of an XML name. @defaultValue 10,000 */
  readonly xmlNameCharacters: number;
  /** Characters of an XML text node, attribute value, comment or processing instruction. @defaultValue 10,485,760 (10 Mi) */
  readonly xmlTextCharacters: number;
  /** Characters of a start tag: its names and values, defaults of the DTD included. @defaultValue 16,777,216 (16 Mi) */
  readonly xmlStartTagCharacters: number;
  /**
   * Characters that entities and attribute defaults may add to an XML document before {@link xmlEntityGrowth} counts.
   * @defaultValue 1,048,576 (1 Mi)
   */
  readonly xmlEntityCharacters: number;
  /**
   * How many characters entities and attribute defaults may add for each that was read so far, beyond
   * {@link xmlEntityCharacters}. @defaultValue 100
   */
  readonly xmlEntityGrowth: number;
  /**
   * Characters of one XML record that `elements()` holds: its names, text and attributes, plus 16 for each element and
   * attribute. A record may have a million of these, or one for each 64 characters of the limit, if that is more.
   * @defaultValue 67,108,864 (64 Mi)
   */
  readonly xmlRecordCharacters: number;
  /**
   * Bytes that the nodes of a DOM take, as estimated, in `xmlDocument()` and in the `XMLHttpRequest` class.
   * @defaultValue 268,435,456 (256 MiB), some 600,000 elements
   */
  readonly documentBytes: number;
}

/** The limits that apply if the request and the operator set none. */
export const defaultLimits: Limits = {
  headerBytes: 2 ** 18,
  bufferedBytes: 2 ** 29,
  documentBytes: 2 ** 28,
  urlBytes: 2 ** 16,
  cookieBytes: 2 ** 14,
  decompressionRatio: 200,
  lineCharacters: 2 ** 24,
  statusErrorBodyBytes: 2 ** 20,
  xmlDepth: 1_000,
  xmlAttributes: 1_000,
  xmlNameCharacters: 10_000,
  xmlTextCharacters: 10 * 2 ** 20,
  xmlStartTagCharacters: 2 ** 24,
  xmlRecordCharacters: 2 ** 26,
  xmlEntityCharacters: 2 ** 20,
  xmlEntityGrowth: 100,
} satisfies Readonly<Record<LimitName, number>>;

/** Returns limits with some of them changed. Throws if a name is unknown or a value is invalid. */
export function mergeLimits(limits: Limits, changed: Partial<Limits> | undefined): Limits {
  if (changed === undefined) return limits;
  checkNumbers('limits', changed, Object.keys(limits), 0);
  return { ...limits, ...omitUndefined(changed) };
}

/** The limits of a body that is held whole, and the request for errors. */
export interface BufferOptions {
  readonly limits: Pick<Limits, 'bufferedBytes'>;
  readonly request?: RequestSummary | undefined;
}

/**
 * Adds up the bytes held: the only place that checks `limits.bufferedBytes`.
 *
 * @throws LimitError if the sum exceeds the limit.
 */
export function countBuffered(held: number, more: number, { limits, request }: BufferOptions): number {
  const sum = held + more;
  if (sum > limits.bufferedBytes) throw new LimitError('bufferedBytes', limits.bufferedBytes, { request });
  return sum;
}
