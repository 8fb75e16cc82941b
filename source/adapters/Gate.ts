import { isAbortedError, isReadystreamError, isRequestTimeoutError } from '../errors/guards.js';
import { type ReadystreamError } from '../errors/ReadystreamError.js';
import { type Flow, type ReadyStateEvent } from '../request/ReadyStateEvent.js';

/** What a {@link Gate} stands before. */
export interface GateTransport {
  /** No more of the body is wanted for now; what is on its way may still come. */
  pauseTransport(): void;
  resumeTransport(): void;
  /** Hands on what was held back. */
  deliver(held: ReadyStateEvent | ReadystreamError): void;
}

/**
 * What a consumer pauses. It holds back what the transport still gives, a chunk or two, so that nothing comes while it is closed,
 * whatever the transport can do; and it lets that out in order before more is asked for.
 */
export class Gate {
  readonly #transport: GateTransport;
  #held: (ReadyStateEvent | ReadystreamError)[] | undefined;
  #isPaused = false;
  #isTransportPaused = false;
  #isDelivering = false;
  #isClosed = false;
  readonly flow: Flow = {
    pause: () => {
      if (this.#isClosed) return;
      this.#isPaused = true;
      if (this.#isTransportPaused) return;
      this.#isTransportPaused = true;
      this.#transport.pauseTransport();
    },
    resume: () => {
      if (!this.#isPaused || this.#isClosed) return;
      this.#isPaused = false;
      // Not at once: undici fails where it is resumed inside another response's callback.
      queueMicrotask(() => {
        this.#resume();
      });
    },
  };

  constructor(transport: GateTransport) {
    this.#transport = transport;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Whether this is to wait. Only what the consumer or the clock ends a request with overtakes what waits. */
  holds(next: ReadyStateEvent | ReadystreamError): boolean {
    const mayWait = isReadystreamError(next)
      ? this.#isHolding && !isAbortedError(next) && !isRequestTimeoutError(next)
      : next.readyState > 2 && (this.#isPaused || this.#isHolding);
    if (mayWait) (this.#held ??= []).push(next);
    return mayWait;
  }

  /** Nothing more is handed on. */
  close(): void {
    this.#isClosed = true;
    this.#held = undefined;
  }

  get #isHolding(): boolean {
    return this.#held !== undefined && this.#held.length > 0;
  }

  #resume(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    for (let next = this.#held?.[0]; next !== undefined && !this.#isPaused; next = this.#held?.[0]) {
      this.#transport.deliver(next);
      // Taken out only now, so that what comes meanwhile waits behind it.
      this.#held?.shift();
    }
    this.#isDelivering = false;
    if (this.#isPaused || this.#isClosed || !this.#isTransportPaused) return;
    this.#isTransportPaused = false;
    this.#transport.resumeTransport();
  }
}
