import { defer, from, Observable, type ObservableInput, type OperatorFunction, tap } from 'rxjs';
import { type ReadyStateEvent } from '../request/ReadyStateEvent.js';
import { BackPressure, type BackPressureOptions, checkBackPressure } from './internal/BackPressure.js';
import { observeWith } from './internal/parseWith.js';

/** What {@link consume} takes. */
export interface ConsumeOptions extends BackPressureOptions {
  /** How many values `project` works on at the same time. With more than one, results come as they are ready. @defaultValue 1 */
  readonly concurrency?: number | undefined;
}

/**
 * Emits what `project` makes of each value that `parse` reads from the body, and reads no faster than `project` works: while more
 * than `highWaterMark` values wait, the socket is not read, so that the server has to wait. Nothing is lost, repeated or, with a
 * `concurrency` of 1, reordered. An error of the response comes after the results of the values before it; one of `project`
 * comes at once, and aborts the request.
 *
 * Native `XMLHttpRequest` cannot be paused: there all values wait.
 *
 * @param parse - the operator that reads the body: `elements('item')`, `lines()`, `bytes()`.
 * @param project - gives a promise, an Observable, or anything that RxJS takes for one; the next value's turn comes when it ends.
 *
 * @example
 * ```ts
 * import { consume, lines, request } from 'readystream';
 *
 * const save = async (line: string): Promise<number> => Promise.resolve(line.length);
 * request('https://shop.example/prices.ndjson')
 *   .pipe(consume(lines(), save, { concurrency: 2 }))
 *   .subscribe(console.log); // 20, then 20
 * ```
 */
export function consume<Value, Result>(
  parse: OperatorFunction<ReadyStateEvent, Value>,
  project: (value: Value, index: number) => ObservableInput<Result>,
  options: ConsumeOptions = {},
): OperatorFunction<ReadyStateEvent, Result> {
  checkBackPressure('consume', options, ['concurrency', 'highWaterMark']);
  const { concurrency = 1 } = options;
  if (concurrency < 1) throw new RangeError(`consume.concurrency is ${concurrency}: give a number from 1`);
  return (source) =>
    defer(() => {
      const values = new BackPressure<Value>(options);
      const look = tap((event: ReadyStateEvent) => {
        values.look(event);
      });
      return observeWith<Value, Result>(source.pipe(look, parse), (subscriber) => {
        let active = 0;
        let index = 0;
        let isBusy = false;
        let end: (() => void) | undefined;
        const start = (value: Value): void => {
          active++;
          let results: Observable<Result>;
          try {
            results = from(project(value, index++));
          } catch (error) {
            subscriber.error(error);
            return;
          }
          new Observable<Result>((inner) => {
            // Before it is subscribed to, so that one that emits synchronously sees that it is to stop.
            subscriber.add(inner);
            results.subscribe(inner);
          }).subscribe({
            next: (result) => {
              subscriber.next(result);
            },
            error: (error: unknown) => {
              subscriber.error(error);
            },
            complete: () => {
              active--;
              startNext();
            },
          });
        };
        /** In a loop, so that values which are ready at once do not nest. */
        const startNext = (): void => {
          if (isBusy) return;
          isBusy = true;
          while (values.size > 0 && active < concurrency && !subscriber.closed) start(values.take());
          isBusy = false;
          if (active === 0 && values.size === 0) end?.();
        };
        return {
          next: (value) => {
            values.add(value);
            startNext();
          },
          error: (error: unknown) => {
            end = () => {
              subscriber.error(error);
            };
            startNext();
          },
          complete: () => {
            end = () => {
              subscriber.complete();
            };
            startNext();
          },
        };
      });
    });
}
