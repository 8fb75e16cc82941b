import { type ConnectionWatcher } from './HttpConnection.js';

const uses = /*#__PURE__*/ new Map<string, OriginUse>();

/**
 * What happens at an origin in the dispatchers of callers. A request that is not sent yet waits for a connection or, where none is
 * being made and other requests are under way, for those before it in the dispatcher's queue.
 */
export class OriginUse {
  readonly #origin: string;
  /** How many connections are being made. */
  #connecting = 0;
  /** How many requests are under way, whoever makes them. */
  #running = 0;
  /** Those that wait for a connection. */
  readonly #awaiting = new Set<ConnectionWatcher>();
  /** Those that wait for others. */
  readonly #queued = new Set<ConnectionWatcher>();

  private constructor(origin: string) {
    this.#origin = origin;
  }

  static of(origin: string): OriginUse {
    let use = uses.get(origin);
    if (use === undefined) uses.set(origin, (use = new OriginUse(origin)));
    return use;
  }

  /** Whether a request of ours waits here. */
  get isAwaited(): boolean {
    return this.#awaiting.size > 0 || this.#queued.size > 0;
  }

  await(watcher: ConnectionWatcher): void {
    this.#awaiting.add(watcher);
  }

  leave(watcher: ConnectionWatcher): void {
    this.#awaiting.delete(watcher);
    this.#queued.delete(watcher);
    this.#forget();
  }

  connecting(): void {
    this.#connecting++;
    for (const watcher of this.#queued) {
      this.#queued.delete(watcher);
      this.#awaiting.add(watcher);
      watcher.connecting();
    }
  }

  connected(): void {
    // One that began before this was watched is not counted.
    this.#connecting = Math.max(0, this.#connecting - 1);
    this.settle();
    this.#forget();
  }

  sent(): void {
    this.#running++;
    this.settle();
  }

  ended(): void {
    this.#running--;
    this.#forget();
  }

  /** Reports to those that wait whether it is for other requests. */
  settle(): void {
    if (this.#connecting > 0 || this.#running === 0) return;
    for (const watcher of this.#awaiting) {
      this.#awaiting.delete(watcher);
      this.#queued.add(watcher);
      watcher.queued();
    }
  }

  #forget(): void {
    if (this.#connecting > 0 || this.#running > 0) return;
    if (this.#awaiting.size === 0 && this.#queued.size === 0 && uses.get(this.#origin) === this) {
      uses.delete(this.#origin);
    }
  }
}
