import { type Observer, type OperatorFunction, type Subscriber } from 'rxjs';
import { type IncrementalParser } from '../../parsing/IncrementalParser.js';
import { type ReadyStateEvent, type RequestHead, type ResponseHead } from '../../request/ReadyStateEvent.js';
import { type BodyContext } from './BodyContext.js';
import { observeWith } from './observeWith.js';

/**
 * No parser is given more than this at once: what a slice yields is handed on before the next is read, so a body that
 * arrives in one piece needs no more memory for its values than one that arrives in many, and `take(1)` stops the parser.
 */
const sliceBytes = 65_536;

/** What came while values were being handed on. */
type Pending = ReadyStateEvent | 'complete' | { readonly error: unknown };

/**
 * The one bridge from a parser to RxJS. It makes a parser at the first LOADING (at DONE where the body is empty), emits
 * what the parser appends, in order, and completes at DONE. Its laws, which every operator over it passes:
 *
 * - What a parser throws becomes an error, after the values it appended before; the parser is not touched again.
 * - A consumer that unsubscribes stops the source and the parser at once, on synchronous sources too.
 * - An event that arrives while values are being handed on waits until they all are: order holds, and no parser is
 *   re-entered.
 * - A source that completes without DONE was ended by an operator in between (`takeUntil`): the values so far stand, the
 *   parser's end is not told, nothing more is emitted, and no error is made up.
 */
export function parseWith<Output>(
  makeParser: (context: BodyContext) => IncrementalParser<Uint8Array<ArrayBuffer>, Output>,
): OperatorFunction<ReadyStateEvent, Output> {
  return (source) => observeWith(source, (subscriber) => new ParserBridge(subscriber, makeParser));
}

class ParserBridge<Output> implements Observer<ReadyStateEvent> {
  readonly #subscriber: Subscriber<Output>;
  readonly #makeParser: (context: BodyContext) => IncrementalParser<Uint8Array<ArrayBuffer>, Output>;
  #parser: IncrementalParser<Uint8Array<ArrayBuffer>, Output> | undefined;
  #request: RequestHead | undefined;
  /** Invariant: empty whenever the parser is called. */
  readonly #output: Output[] = [];
  #busy = false;
  #pending: Pending[] | undefined;

  constructor(
    subscriber: Subscriber<Output>,
    makeParser: (context: BodyContext) => IncrementalParser<Uint8Array<ArrayBuffer>, Output>,
  ) {
    this.#subscriber = subscriber;
    this.#makeParser = makeParser;
  }

  next(event: ReadyStateEvent): void {
    this.#accept(event);
  }

  error(error: unknown): void {
    this.#accept({ error });
  }

  complete(): void {
    this.#accept('complete');
  }

  #accept(arrival: Pending): void {
    if (this.#busy) {
      (this.#pending ??= []).push(arrival);
      return;
    }
    this.#busy = true;
    this.#process(arrival);
    while (this.#pending !== undefined && !this.#subscriber.closed) {
      const waiting = this.#pending;
      this.#pending = undefined;
      for (const next of waiting) this.#process(next);
    }
    this.#busy = false;
  }

  #process(arrival: Pending): void {
    if (this.#subscriber.closed) return;
    if (arrival === 'complete') this.#subscriber.complete();
    else if ('error' in arrival) this.#subscriber.error(arrival.error);
    else if (arrival.readyState === 1) this.#request = arrival.request;
    else if (arrival.readyState === 3) this.#write(arrival.response, arrival.chunk);
    else if (arrival.readyState === 4) this.#end(arrival.response);
  }

  #write(response: ResponseHead, chunk: Uint8Array<ArrayBuffer>): void {
    for (let start = 0; start < chunk.length && !this.#subscriber.closed; start += sliceBytes) {
      const slice = chunk.length <= sliceBytes ? chunk : chunk.subarray(start, start + sliceBytes);
      let failure: { readonly error: unknown } | undefined;
      try {
        (this.#parser ??= this.#makeParser({ request: this.#request, response })).write(slice, this.#output);
      } catch (error) {
        failure = { error };
      }
      this.#handOn();
      if (failure !== undefined) this.#subscriber.error(failure.error);
    }
  }

  #end(response: ResponseHead): void {
    let failure: { readonly error: unknown } | undefined;
    try {
      (this.#parser ??= this.#makeParser({ request: this.#request, response })).end(this.#output);
    } catch (error) {
      failure = { error };
    }
    this.#handOn();
    if (failure === undefined) this.#subscriber.complete();
    else this.#subscriber.error(failure.error);
  }

  #handOn(): void {
    for (const value of this.#output) {
      if (this.#subscriber.closed) break;
      this.#subscriber.next(value);
    }
    this.#output.length = 0;
  }
}
