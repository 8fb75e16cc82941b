import { Observable, type Observer, type Subscriber } from 'rxjs';

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
