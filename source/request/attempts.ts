/** Which attempt a subscription to a request is to be; `number` is filled in by the request, where it is not given. */
export interface Attempt {
  number?: number | undefined;
}

/** What the subscription that is being made is to be. Whatever sends a request again subscribes to it synchronously. */
let announced: Attempt | undefined;

/** Subscribes, by the function given, to what leads to a request, so that its OPENED says which attempt it is. */
export function subscribeAs(attempt: Attempt, subscribe: () => void): void {
  const outer = announced;
  announced = attempt;
  try {
    subscribe();
  } finally {
    announced = outer;
  }
}

/**
 * The number of a request's new subscription: as it was announced, else one more than that of an earlier subscription to the
 * same Observable that failed and was not followed by another, as with RxJS's own `retry()`.
 *
 * @param failed - the numbers of those, oldest first.
 */
export function attemptNumber(failed: number[]): number {
  const attempt = announced;
  // What a consumer of OPENED asks for besides is another request.
  announced = undefined;
  const least = attempt?.number ?? 1;
  const [last = 0] = failed.splice(Math.max(0, failed.indexOf(least - 1)), 1);
  const number = Math.max(least, last + 1);
  if (attempt) attempt.number = number;
  return number;
}
