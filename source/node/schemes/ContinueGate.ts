import { type Socket } from 'node:net';

/** In milliseconds: how long the server may take to ask for a body, as in curl. */
const longestWait = 1_000;

type Write = (chunk: string | Uint8Array, encoding?: BufferEncoding) => boolean;

/**
 * Holds back the body of one request on its socket, by
 * [`Expect: 100-continue`](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1), which it writes into the head: until the server
 * asks for the body, or a second has passed. If the server responds otherwise, the body is never sent.
 *
 * undici writes the head first, in one piece, and waits for `drain` when `write()` returns `false`.
 */
export class ContinueGate {
  readonly #socket: Socket;
  readonly #write: Write;
  #state: 'head' | 'closed' | 'refused' | 'open' = 'head';
  /** Whether the empty line behind the head has gone out, with which a chunked body would begin. */
  #isLineEndSent = false;
  #held: (readonly [chunk: string | Uint8Array, encoding: BufferEncoding | undefined])[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#write = socket.write.bind(socket);
    const write: Write = (chunk, encoding) => this.#written(chunk, encoding);
    socket.write = write as Socket['write'];
  }

  /** The server asks for the body. */
  open(): void {
    if (this.#state !== 'closed') return;
    this.#state = 'open';
    const held = this.#held;
    this.remove();
    let isFree = true;
    for (const [chunk, encoding] of held) isFree = this.#write(chunk, encoding);
    if (isFree && held.length > 0) this.#socket.emit('drain');
  }

  /** The server has responded, so it does not want the body. */
  refuse(): void {
    if (this.#state !== 'closed') return;
    this.#state = 'refused';
    this.#held = [];
    clearTimeout(this.#timer);
  }

  /** Leaves the socket as it was. */
  remove(): void {
    clearTimeout(this.#timer);
    this.#held = [];
    delete (this.#socket as Partial<Socket>).write;
  }

  #written(chunk: string | Uint8Array, encoding: BufferEncoding | undefined): boolean {
    if (this.#state === 'head') return this.#writeHead(String(chunk));
    if (this.#state === 'closed') {
      const isLineEnd = this.#isLineEndSent && this.#held.length === 0 && typeof chunk === 'string';
      this.#held.push([isLineEnd ? chunk.replace(/^\r\n/, '') : chunk, encoding]);
    }
    return false;
  }

  #writeHead(head: string): boolean {
    this.#state = 'closed';
    this.#timer = setTimeout(() => {
      this.open();
    }, longestWait);
    const expecting = head.replace('\r\n', '\r\nexpect: 100-continue\r\n');
    // undici writes the empty line behind the head of a chunked body together with the first chunk.
    this.#isLineEndSent = !expecting.endsWith('\r\n\r\n');
    return this.#write(this.#isLineEndSent ? `${expecting}\r\n` : expecting, 'latin1');
  }
}
