import { Observable, type Observer, type OperatorFunction, type Subscriber } from 'rxjs';
import { type IncrementalParser } from '../../parsing/IncrementalParser.js';
import { type ReadyStateEvent, type RequestHead, type ResponseHead } from '../../request/ReadyStateEvent.js';
import { type BodyContext } from './bodyOptions.js';

/** How {@link parseWith} feeds the parser. */
export interface ParseWithOptions {
  /**
   * The most bytes that the parser receives at once. The values of a slice are emitted before the next slice is read, so a
   * body that arrives in one piece needs no more memory for its values than one that arrives in many, and `take(1)` stops the
   * parser. @defaultValue 65,536 (64 KiB)
   */
  readonly sliceBytes?: number;
  /**
   * Whether the parser needs the server's own bytes, and holds them all. Native `XMLHttpRequest` is then asked for them in one
   * piece, and a body that the platform decoded all the same is a `TypeError`. @defaultValue `false`
   */
  readonly exactBytes?: boolean;
}

/**
 * The only bridge from a parser to RxJS. It makes a parser at the first LOADING (at DONE if the body is empty), emits what
 * the parser appends, in order, and completes at DONE. Its contracts, which hold for every operator built on it:
 *
 * - An error that a parser throws is emitted after the values appended before it; the parser is not called again.
 * - Unsubscribing stops the source and the parser at once, even if the source is synchronous.
 * - An event that arrives while values are being emitted waits until they all are: the order holds, and no parser is
 *   re-entered.
 * - A source that completes without DONE was ended by an operator in between (`takeUntil`): the values so far stand, the
 *   parser's `end()` is not called, and nothing more is emitted, neither values nor an error.
 */
export function parseWith<Output>(
  makeParser: (context: BodyContext) => IncrementalParser<Uint8Array<ArrayBuffer>, Output>,
  { sliceBytes = 65_536, exactBytes = false }: ParseWithOptions = {},
): OperatorFunction<ReadyStateEvent, Output> {
  return (source) =>
    observeWith(source, (subscriber) => {
      let parser: IncrementalParser<Uint8Array<ArrayBuffer>, Output> | undefined;
      let request: RequestHead | undefined;
      /** Invariant: empty whenever the parser is called. */
      const output: Output[] = [];
      const inTurn = takeTurns(subscriber);
      /** Feeds the parser a slice, or the end, and emits what it appended. */
      const parse = (response: ResponseHead, slice?: Uint8Array<ArrayBuffer>): void => {
        let failure: { readonly error: unknown } | undefined;
        try {
          if (exactBytes) refuseDecoded(response);
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
        if (event.readyState === 1) {
          ({ request } = event);
          if (exactBytes) event.wantBytes?.();
        }
        if (event.readyState === 3) {
          const { chunk, response } = event;
          for (let start = 0; start < chunk.length && !subscriber.closed; start += sliceBytes) {
            parse(response, chunk.length > sliceBytes ? chunk.subarray(start, start + sliceBytes) : chunk);
          }
        }
        if (event.readyState === 4) parse(event.response);
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

/** For what holds the body's bytes whole: a chunk cut into slices would only be put together again. */
export const wholeBytes: ParseWithOptions = { sliceBytes: Infinity, exactBytes: true };

/** Throws where the platform has decoded the body, which leaves no way back to its bytes. */
export function refuseDecoded({ decodedAs }: ResponseHead): void {
  if (decodedAs === undefined) return;
  throw new TypeError(
    "XMLHttpRequest has decoded the body, so the server's bytes are lost: set responseType to 'arraybuffer', or use fetchAdapter()",
  );
}

/**
/**
 * Runs steps one after the other: a step requested during another waits until that is done. This keeps the order, and nothing is
 * re-entered.
 */
export function takeTurns(
  subscriber: Pick<Subscriber<unknown>, 'closed'>,
): <Value>(step: (value: Value) => void, value: Value) => void {
  let busy = false;
  /** Steps that were requested during another. */
  const waiting: (() => void)[] = [];
  return (step, value) => {
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
}

/**
 * Returns an Observable that passes the notifications of `source` to an observer made for each subscription.
 *
 * `inner` is tied to `subscriber` before `source` is subscribed to: if the consumer unsubscribes while `source` is still
 * emitting synchronously, `source` sees a closed subscriber and stops. With a bare observer, it would only stop after the
 * last value.
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
