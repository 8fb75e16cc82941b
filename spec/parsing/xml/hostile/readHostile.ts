/**
 * Reads hostile documents by everything that reads XML, in a process that is given little memory, and prints what came of each: the
 * error's code and the longest time that a chunk took. `node readHostile.js SIZE heavy|worst|SEED COUNT`.
 */
import { Observable } from 'rxjs';
import { isLimitError, isXmlError } from '../../../../source/errors/guards.js';
import { parseHtmlDocument } from '../../../../source/node/xmlhttprequest/documents/parseHtmlDocument.js';
import { parseXmlDocument } from '../../../../source/node/xmlhttprequest/documents/parseXmlDocument.js';
import { elements } from '../../../../source/operators/elements.js';
import { xml } from '../../../../source/operators/xml.js';
import { xmlDocument } from '../../../../source/operators/xmlDocument.js';
import { defaultLimits } from '../../../../source/options/limits.js';
import { bindNodeTextDecoder } from '../../../../source/parsing/encoding/bindNodeTextDecoder.js';
import { nodePlatform } from '../../../../source/parsing/xml/nodePlatform.js';
import { bindElementsReader } from '../../../../source/parsing/xml/readElements.js';
import { recordScanner } from '../../../../source/parsing/xml/records/readRecords.js';
import { bindXmlPlatform } from '../../../../source/parsing/xml/xmlPlatform.js';
import { type ReadyStateEvent } from '../../../../source/request/ReadyStateEvent.js';
import {
  chunksOf,
  heavyDocuments,
  type HostileDocument,
  randomDocuments,
  worstDocuments,
} from './hostileDocuments.js';

bindNodeTextDecoder();
bindXmlPlatform(nodePlatform);
bindElementsReader(recordScanner);

const [, , sizeText, which, countText] = process.argv;
const size = Number(sizeText);
const lists: Readonly<Record<string, readonly HostileDocument[]>> = {
  heavy: heavyDocuments,
  worst: worstDocuments,
};
const documents = lists[which ?? ''] ?? [...randomDocuments(Number(which), Number(countText))];
/** So much of a body is held whole before a document is made of it. */
const wholeSize = Math.min(size, 64_000_000);

const operators = {
  xml: xml(),
  'elements of all': elements(':root'),
  'elements inside': elements('*'),
  xmlDocument: xmlDocument(),
};
const whole = {
  responseXML: (bytes: Buffer) => parseXmlDocument(bytes, { encoding: undefined, limits: defaultLimits }),
  html: (bytes: Buffer) => parseHtmlDocument(bytes.toString(), defaultLimits),
};

for (const document of documents) {
  for (const [reader, operator] of Object.entries(operators)) {
    let longest = 0;
    let error: unknown;
    const source$ = new Observable<ReadyStateEvent>((subscriber) => {
      const response = {
        limits: defaultLimits,
        status: 200,
        statusText: 'OK',
        ok: true,
        headers: new Map(),
        url: 'http://a/',
      } as never;
      for (const chunk of chunksOf(document, size)) {
        if (subscriber.closed) return;
        const before = performance.now();
        subscriber.next({
          readyState: 3,
          response,
          chunk: Uint8Array.from(chunk),
          progress: { loaded: 0 },
        } as never);
        longest = Math.max(longest, performance.now() - before);
      }
      subscriber.next({ readyState: 4, response } as never);
    });
    source$.pipe(operator as never).subscribe({ error: (caught: unknown) => (error = caught) });
    tell(document, reader, error, longest);
  }
  for (const [reader, read] of Object.entries(whole)) {
    let error: unknown;
    try {
      read(Buffer.concat([...chunksOf(document, wholeSize)]));
    } catch (caught) {
      error = caught;
    }
    tell(document, reader, error, NaN);
  }
}

function tell({ start, unit }: HostileDocument, reader: string, error: unknown, longest: number): void {
  const limit = isLimitError(error)
    ? error
    : isXmlError(error) && isLimitError(error.cause)
      ? error.cause
      : undefined;
  const code =
    limit?.limit ??
    (isXmlError(error)
      ? 'malformed'
      : error === undefined
        ? 'read'
        : `not of the family: ${error instanceof Error ? error.message : typeof error}`);
  console.log(
    JSON.stringify({
      start: start.slice(0, 40),
      unit,
      reader,
      code,
      longest: Math.round(longest),
      heap: process.memoryUsage().heapUsed,
    }),
  );
}
