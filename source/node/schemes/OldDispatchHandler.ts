/** What the handlers of undici 6 and older are called by, so that a request over such a dispatcher neither hangs nor crashes. */
export abstract class OldDispatchHandler {
  abstract failed(error: unknown): void;
  /** A response without header fields and body. */
  protected abstract respond(status: number, statusText: string): void;

  onConnect(): void {
    // Later, since a cache of undici 7 calls this too, and responds at once.
    queueMicrotask(() => {
      this.failed(oldDispatcher());
    });
  }

  onHeaders(status: number, fields: readonly unknown[], _resume: () => void, statusText: string): boolean {
    // A cache of undici 7 that finds nothing for `Cache-Control: only-if-cached` calls even new handlers in the old way.
    if (status === 504 && fields.length === 0) this.respond(status, statusText);
    else this.failed(oldDispatcher());
    return true;
  }

  onData(): boolean {
    return true;
  }

  onComplete(): void {
    // The head has ended the request.
  }
}

/** Says what to do about a dispatcher that is too old. */
export function oldDispatcher(cause?: Error): Error {
  const advice = 'give a dispatcher of undici 7 or 8, and for tests a MockAgent of these versions';
  return new Error(`the dispatcher is of undici 6 or older: ${advice}`, { cause });
}
