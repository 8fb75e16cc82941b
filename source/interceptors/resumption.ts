import { type ResponseSummary } from '../errors/HttpStatusError.js';
import { type ContentRange, parseContentRange } from '../http/contentRange.js';
import { strongValidator, type StrongValidator } from '../http/validators.js';
import { type NormalizedRequest } from '../request/NormalizedRequest.js';
import { type ResponseHead } from '../request/ReadyStateEvent.js';
import { type RetryOptions, transientStatuses } from '../request/RetryPolicy.js';

/** What {@link ResumeBodyOptions.onResume} is told. */
export interface ResumeNotice {
  /** How many bytes of the document there are: the next request asks for those from here on. */
  readonly position: number;
  /** What the response broke off with; `undefined` where a server was asked and had nothing to give yet. */
  readonly error: unknown;
  /** The response that had nothing to give (503, say). */
  readonly response: ResponseSummary | undefined;
  /** Milliseconds until the next request. */
  readonly delay: number;
}

/** What `resumeBody()` takes: `count` is how many requests in a row may bring no further byte. */
export interface ResumeBodyOptions extends RetryOptions {
  /** Called before each wait, for logs and metrics. @defaultValue nothing is called */
  readonly onResume?: ((notice: ResumeNotice) => void) | undefined;
}

/** The document that a first response began to bring, in bytes as they are on the wire. */
export interface Document {
  /** What proves that a further response brings the same document, or why nothing can. */
  readonly validator: StrongValidator | string;
  readonly coding: string | undefined;
  /** Where the body begins: 0, unless a part was asked for. */
  readonly start: number;
  /** The end of what was asked for, where that is not the end of the document. */
  readonly asked: number | undefined;
  /** Behind the last byte of the body, where that is known. */
  readonly end: number | undefined;
  /** How long the document is, where that is known. */
  readonly length: number | undefined;
}

/** What a first response tells of the document. */
export function documentOf(response: ResponseHead, request: NormalizedRequest): Document {
  const { status, headers, decode } = response;
  const coding = headers.get('content-encoding');
  // A platform that decodes gives other bytes than the field counts.
  const isWire = coding === undefined || decode !== undefined;
  const field = headers.get('content-length') ?? '';
  const length = isWire && /^\d+$/.test(field) ? Number(field) : undefined;
  const common = { coding, validator: strongValidator(headers) };
  const whole = { ...common, start: 0, asked: undefined, end: length, length };
  if (status === 200) return whole;
  const part = status === 206 ? parseContentRange(headers.get('content-range')) : undefined;
  if (part?.range === undefined) {
    return { ...whole, validator: `a response with the status ${status} cannot be asked for in parts` };
  }
  const { first, last } = part.range;
  const isToEnd = /^bytes=\d+-$/.test(request.headers.get('range') ?? '');
  return {
    ...common,
    start: first,
    asked: isToEnd ? undefined : last + 1,
    end: last + 1,
    length: part.length,
  };
}

/** How a body goes on with a further response. */
export type Continuation =
  | {
      /** With what the response brings, from its byte `skip` on, up to the document's byte `end`. */
      readonly kind: 'rest';
      readonly skip: number;
      readonly end: number | undefined;
      /** How long the document is, where the response says so. */
      readonly length: number | undefined;
    }
  | {
      /** Not at all: it was complete, or the server has nothing to give yet. */
      readonly kind: 'complete' | 'later';
    }
  | {
      readonly kind: 'refused';
      readonly reason: string;
    };

/** Whether a response to a request for the bytes from `position` on brings the rest of the document. */
export function continuationOf(response: ResponseHead, document: Document, position: number): Continuation {
  const { status, statusText, headers } = response;
  const range = parseContentRange(headers.get('content-range'));
  if (transientStatuses.includes(status)) return { kind: 'later' };
  if (status === 416) return atEnd(range, response, document, position);
  if (status !== 200 && status !== 206) {
    return refused(`the server answered ${`${status} ${statusText}`.trimEnd()} to the request for the rest`);
  }
  const changed = whyAnother(response, document, status === 206);
  if (changed !== undefined) return refused(changed);
  // The whole of the same document: what there is of it already is passed over.
  if (status === 200) return { kind: 'rest', skip: position, end: document.asked, length: document.length };
  return partOf(range, response, document, position);
}

function partOf(
  part: ContentRange | undefined,
  { headers }: ResponseHead,
  { end, length }: Document,
  position: number,
): Continuation {
  const field = headers.get('content-range');
  const lie = `the server was asked for the bytes from ${position} on, and answered 206 with `;
  if (part?.range === undefined) {
    return refused(`${lie}${field === undefined ? 'no Content-Range' : `the Content-Range '${field}'`}`);
  }
  const { first, last } = part.range;
  if (first > position || last < position) return refused(`${lie}those from ${first} to ${last}`);
  if (length !== undefined && part.length !== undefined && part.length !== length) {
    return refused(`the document had ${length} bytes, and has ${part.length} now`);
  }
  if (last >= (end ?? Infinity)) return refused(`${lie}those up to ${last}, of ${end ?? 0} in all`);
  return { kind: 'rest', skip: position - first, end: last + 1, length: part.length };
}

/** A document whose end was not known may have been complete when the connection broke. */
function atEnd(
  range: ContentRange | undefined,
  response: ResponseHead,
  document: Document,
  position: number,
): Continuation {
  const changed = whyAnother(response, document, true);
  if (changed !== undefined) return refused(changed);
  if (range?.length === position && (document.end ?? position) === position) return { kind: 'complete' };
  return refused(
    `the server answered 416 (Range Not Satisfiable) to the request for the bytes from ${position} on` +
      (range?.length === undefined ? '' : `: the document has ${range.length} bytes now`),
  );
}

/** What tells that a response brings another document than the first one did. */
function whyAnother(
  { headers }: ResponseHead,
  { validator, coding }: Document,
  isConditional: boolean,
): string | undefined {
  if (typeof validator === 'string') return validator;
  const { field, value } = validator;
  const name = field === 'etag' ? 'ETag' : 'Last-Modified';
  const given = headers.get(field);
  // The condition has held where the server sent a part; the whole it sends because the condition failed, or by habit.
  if (given === undefined && !isConditional)
    return `the server sent a whole document without ${name}, so that nothing tells whether it is the same`;
  if (given !== undefined && given !== value)
    return `the document has changed: its ${name} was ${value}, and is ${given} now`;
  const now = headers.get('content-encoding');
  const isCoded = isConditional ? now !== undefined && now !== coding : now !== coding;
  return isCoded ? `the Content-Encoding was ${coding ?? 'none'}, and is ${now ?? 'none'} now` : undefined;
}

function refused(reason: string): Continuation {
  return { kind: 'refused', reason };
}
