import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { jobState, type SyncMessage, type SyncReply, type SyncSignal } from './protocol.js';

/** A thread that ends wakes nobody, so those who wait look after it, ever more seldom; in milliseconds. */
const firstInterval = 8;
const lastInterval = 256;

/** This thread's end of the talk about one job: it can be waited on while the event loop stands still. */
export class SyncChannel {
  /** The other end. */
  readonly remotePort: MessagePort;
  readonly signal: SyncSignal = new Int32Array(new SharedArrayBuffer(8));
  #port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.remotePort = port2;
  }

  /** Whether the thread has begun with the job. */
  get isAccepted(): boolean {
    return Atomics.load(this.signal, 1) === jobState.accepted;
  }

  /**
   * Waits for what the thread says next; `'closed'` where it has ended and nothing comes any more.
   *
   * @param deadline - by `performance.now()`.
   */
  next(deadline: number): SyncMessage | 'timeout' | 'closed' {
    for (let interval = firstInterval; ; interval = Math.min(2 * interval, lastInterval)) {
      const sent = Atomics.load(this.signal, 0);
      const remaining = deadline - performance.now();
      if (remaining <= 0) return 'timeout';
      const received = receiveMessageOnPort(this.#port);
      if (received !== undefined) return received.message as SyncMessage;
      const woken = Atomics.wait(this.signal, 0, sent, Math.min(remaining, interval));
      if (woken === 'timed-out' && this.#isClosed()) return 'closed';
    }
  }

  reply(reply: SyncReply): void {
    this.#port.postMessage(reply);
  }

  /** Nobody waits any longer: what the thread has begun it ends, and what not it does not begin. Does nothing to a job that is over. */
  close(): void {
    Atomics.compareExchange(this.signal, 1, jobState.posted, jobState.abandoned);
    this.reply({ type: 'abort' });
    this.#port.close();
  }

  /** A port that has been read to where its other end was lost can be moved no more: nothing else tells this at once. */
  #isClosed(): boolean {
    try {
      this.#port = structuredClone(this.#port, { transfer: [this.#port as unknown as Transferable] });
      return false;
    } catch {
      return true;
    }
  }
}
