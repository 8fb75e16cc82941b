import { Observable, type Observer, type OperatorFunction, type Subscriber } from 'rxjs';
import { type IncrementalParser } from '../../parsing/IncrementalParser.js';
import { type ReadyStateEvent, type RequestHead, type ResponseHead } from '../../request/ReadyStateEvent.js';
import { isNotModified } from './isNotModified.js';
import { type BodyContext } from './bodyOptions.js';

/** How {@link parseWith} feeds the parser. */
export interface ParseWithOptions {
  /**
   * No parser is given more bytes than this at once: what a slice yields is handed on before the next is read, so a body
   * that arrives in one piece needs no more memory for its values than one that arrives in many, and `take(1)` stops the
   * parser. @defaultValue 65,536 (64 KiB)
   */
  readonly sliceBytes?: number;
}

/**
 * The one bridge from a parser to RxJS. It makes a parser at the first LOADING (at DONE where the body is empty), emits
 * what the parser appends, in order, and completes at DONE. Its contracts, which every operator over it passes:
 *
 * - What a parser throws becomes an error, after the values it appended before; the parser is not touched again.
 * - A consumer that unsubscribes stops the source and the parser at once, on synchronous sources too.
 * - An event that arrives while values are being handed on waits until they all are: order holds, and no parser is
 *   re-entered.
 * - A 304 that answers a condition of the request completes without a value: it has no body, and no parser is made for it.
 * - A source that completes without DONE was ended by an operator in between (`takeUntil`): the values so far stand, the
 *   parser's end is not told, nothing more is emitted, and no error is made up.
 */
export function parseWith<Output>(
  makeParser: (context: BodyContext) => IncrementalParser<Uint8Array<ArrayBuffer>, Output>,
  { sliceBytes = 65_536 }: ParseWithOptions = {},
): OperatorFunction<ReadyStateEvent, Output> {
  return (source) =>
    observeWith(source, (subscriber) => {
      let parser: IncrementalParser<Uint8Array<ArrayBuffer>, Output> | undefined;
      let request: RequestHead | undefined;
      /** Invariant: empty whenever the parser is called. */
      const output: Output[] = [];
      let busy = false;
      /** What came while something else was being done. */
      const waiting: (() => void)[] = [];

      const inTurn = <Value>(step: (value: Value) => void, value: Value): void => {
        if (busy) {
          waiting.push(() => {
            step(value);
          });
          return;
        }
        busy = true;
        step(value);
        for (const next of waiting) if (!subscriber.closed) next();
        if (waiting.length > 0) waiting.length = 0;
        busy = false;
      };
      /** Feeds the parser a slice, or the end, and hands on what it appended. */
      const parse = (response: ResponseHead, slice?: Uint8Array<ArrayBuffer>): void => {
        let failure: { readonly error: unknown } | undefined;
        try {
          parser ??= makeParser({ request, response });
          if (slice) parser.write(slice, output);
          else parser.end(output);
        } catch (error) {
          failure = { error };
        }
        for (const value of output) {
          if (subscriber.closed) break;
          subscriber.next(value);
        }
        if (output.length > 0) output.length = 0;
        if (failure) subscriber.error(failure.error);
        else if (!slice) subscriber.complete();
      };
      const read = (event: ReadyStateEvent): void => {
        if (event.readyState === 1) ({ request } = event);
        if (event.readyState === 3) {
          const { chunk, response } = event;
          for (let start = 0; start < chunk.length && !subscriber.closed; start += sliceBytes) {
            parse(response, chunk.length > sliceBytes ? chunk.subarray(start, start + sliceBytes) : chunk);
          }
        }
        if (event.readyState === 4) {
          // Nothing is not an empty document.
          if (parser === undefined && isNotModified(request, event.response)) complete();
          else parse(event.response);
        }
      };
      const fail = (error: unknown): void => {
        subscriber.error(error);
      };
      const complete = (): void => {
        subscriber.complete();
      };
      return {
        next: (event) => {
          inTurn(read, event);
        },
        error: (error) => {
          inTurn(fail, error);
        },
        complete: () => {
          inTurn(complete, undefined);
        },
      };
    });
}

/**
 * An Observable that hands what `source` gives to an observer made for each subscription.
 *
 * `inner` is tied to `subscriber` before `source` is subscribed to: where the consumer unsubscribes while `source` is
 * still emitting synchronously, `source` sees a closed subscriber and stops. Subscribing with a bare observer would find
 * that out only after the last value.
 */
export function observeWith<Input, Output>(
  source: Observable<Input>,
  makeObserver: (subscriber: Subscriber<Output>) => Observer<Input>,
): Observable<Output> {
  return new Observable((subscriber) => {
    new Observable<Input>((inner) => {
      subscriber.add(inner);
      source.subscribe(inner);
    }).subscribe(makeObserver(subscriber));
  });
}
