/**
 * [Dispatches an event](https://dom.spec.whatwg.org/#concept-event-dispatch).
 *
 * Note: `isTrusted` is false; only Node itself can make it true.
 *
 * @param listeners - how many listen to it.
 */
export function dispatch(event: Event, target: EventTarget, listeners: number): void {
  // Node takes an event for dispatched once its first listener has returned, and gives the others no currentTarget.
  if (listeners === 1) target.dispatchEvent(event);
  else {
    let currentTarget: EventTarget | null = target;
    Object.defineProperty(event, 'currentTarget', { get: () => currentTarget, configurable: true });
    target.dispatchEvent(event);
    currentTarget = null;
  }
}
