import { type SchemeExchange } from '../schemes/SchemeHandler.js';

/** Controls the current exchange of a fetch; does nothing if there is none. */
export class ExchangeControl {
  /** What the scheme handler returned: an object, or only a function that aborts. */
  #exchange: SchemeExchange | (() => void) | undefined;

  /** Takes what a scheme handler returned. Returns `false` for anything that cannot abort, as callers without types may return. */
  take(exchange: SchemeExchange | (() => void) | undefined): boolean {
    if (typeof exchange !== 'function' && typeof exchange?.abort !== 'function') return false;
    this.#exchange = exchange;
    return true;
  }

  drop(): void {
    this.#exchange = undefined;
  }

  abort(): void {
    if (typeof this.#exchange === 'function') this.#exchange();
    else this.#exchange?.abort();
  }

  pause(): void {
    if (typeof this.#exchange === 'object') this.#exchange.pause?.();
  }

  resume(): void {
    if (typeof this.#exchange === 'object') this.#exchange.resume?.();
  }
}
