import { type Flow } from './ReadyStateEvent.js';

/** One {@link Flow} for all attempts of a request: it passes calls on to that of the latest, and carries a pause in force over to it. */
export class FlowRelay {
  #current: Flow | undefined;
  #isPaused = false;
  readonly #flow: Flow = {
    pause: () => {
      this.#isPaused = true;
      this.#current?.pause();
    },
    resume: () => {
      this.#isPaused = false;
      this.#current?.resume();
    },
  };

  /** Whether the consumer has paused it. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Pauses and resumes whatever is current. */
  get flow(): Flow {
    return this.#flow;
  }

  /** From now on this one is current. What is returned stands for it, and for those that follow; `undefined` where there is none. */
  use(current: Flow | undefined): Flow | undefined {
    this.#current = current;
    if (this.#isPaused) current?.pause();
    return current && this.#flow;
  }
}
