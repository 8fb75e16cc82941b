import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { jobState, type SyncMessage, type SyncReply, type SyncSignal } from './protocol.js';

/** A thread that ends does not wake the waiting one, which therefore checks it at growing intervals, in milliseconds. */
const firstInterval = 8;
const lastInterval = 256;

/** This thread's end of the channel for one job: it can wait for messages while the event loop is blocked. */
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

  /** Whether the thread has started the job. */
  get isAccepted(): boolean {
    return Atomics.load(this.signal, 1) === jobState.accepted;
  }

  /**
   * Waits for the thread's next message; `'closed'` if the thread has ended and no more messages will arrive.
   *
   * @param deadline - as a time of `performance.now()`.
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

  /** Stops waiting: the thread aborts the job or, if it has not started, never starts it. Does nothing to a finished job. */
  close(): void {
    Atomics.compareExchange(this.signal, 1, jobState.posted, jobState.abandoned);
    this.reply({ type: 'abort' });
    this.#port.close();
  }

  /** A port read to the point where its other end was lost can no longer be transferred: nothing else shows this at once. */
  #isClosed(): boolean {
    try {
      this.#port = structuredClone(this.#port, { transfer: [this.#port as unknown as Transferable] });
      return false;
    } catch {
      return true;
    }
  }
}
