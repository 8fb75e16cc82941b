import { type Observable, type OperatorFunction, type Subscription, tap } from 'rxjs';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { BackPressure, type BackPressureOptions, checkBackPressure } from './internal/BackPressure.js';

/** What {@link iterate} takes. */
export type IterateOptions = BackPressureOptions;

/**
 * The values that `parse` reads from a request's body, for a `for await` loop that is read no faster than the loop goes on: while
 * more than `highWaterMark` values wait, the socket is not read, so that the server has to wait. The request is sent at the first
 * step; leaving the loop, by `break`, `return` or an error, aborts it. An error of the request is thrown after the values before
 * it. Each loop over the same iterable is a request of its own.
 *
 * It is also the bridge to whatever takes an async iterable: Node's `Readable.from()`, `ReadableStream.from()`, RxJS 9 and the
 * platform's `Observable.from()`.
 *
 * @param events$ - the request, with the operators on its events: `request(url).pipe(throwIfNotOk())`.
 * @param parse - the operator that reads the body: `elements('item')`, `lines()`, `bytes()`.
 *
 * @example
 * ```ts
 * import { iterate, lines, request } from 'readystream';
 *
 * for await (const line of iterate(request('https://shop.example/robots.txt'), lines())) {
 *   console.log(line); // User-agent: *
 *   break; // and with it the request ends
 * }
 * ```
 */
export function iterate<Value>(
  events$: Observable<ReadyStateEvent>,
  parse: OperatorFunction<ReadyStateEvent, Value>,
  options: IterateOptions = {},
): AsyncIterable<Value, undefined, undefined> {
  checkBackPressure('iterate', options, ['highWaterMark']);
  return { [Symbol.asyncIterator]: () => new ResponseIterator(events$, parse, options) };
}

/** A step that waits for a value. */
interface Step<Value> {
  readonly resolve: (result: IteratorResult<Value, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

class ResponseIterator<Value> implements AsyncIterableIterator<Value, undefined, undefined> {
  readonly #start: () => Subscription;
  readonly #values: BackPressure<Value>;
  readonly #steps: Step<Value>[] = [];
  #subscription: Subscription | undefined;
  /** How it ended: what the steps behind the last value are answered with. An error is thrown once. */
  #end: { readonly error?: unknown; readonly isError: boolean } | undefined;

  constructor(
    events$: Observable<ReadyStateEvent>,
    parse: OperatorFunction<ReadyStateEvent, Value>,
    options: IterateOptions,
  ) {
    this.#values = new BackPressure(options);
    const look = tap((event: ReadyStateEvent) => {
      this.#values.look(event);
    });
    this.#start = () =>
      events$.pipe(look, parse).subscribe({
        next: (value) => {
          this.#values.add(value);
          this.#step();
        },
        error: (error: unknown) => {
          this.#end = { error, isError: true };
          this.#step();
        },
        complete: () => {
          this.#end = { isError: false };
          this.#step();
        },
      });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    return new Promise((resolve, reject) => {
      this.#steps.push({ resolve, reject });
      if (this.#end === undefined) this.#subscription ??= this.#start();
      this.#step();
    });
  }

  /** Aborts the request. */
  return(): Promise<IteratorReturnResult<undefined>> {
    this.#subscription?.unsubscribe();
    this.#end = { isError: false };
    while (this.#values.size > 0) this.#values.take();
    this.#step();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Aborts the request. */
  async throw(error?: unknown): Promise<IteratorResult<Value, undefined>> {
    await this.return();
    throw error;
  }

  #step(): void {
    while (this.#steps.length > 0 && (this.#values.size > 0 || this.#end !== undefined)) {
      const step = this.#steps.shift();
      if (this.#values.size > 0) step?.resolve({ done: false, value: this.#values.take() });
      else if (this.#end?.isError === true) {
        step?.reject(this.#end.error);
        this.#end = { isError: false };
      } else step?.resolve({ done: true, value: undefined });
    }
  }
}
