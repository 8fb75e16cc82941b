import { type Socket } from 'node:net';
import { ContinueGate } from './ContinueGate.js';

/** The most that is held back while a status line, or the head of an informational response, is incomplete. */
const maxHeld = 65_536;

/**
 * Stands between undici and a socket that carries one HTTP/1.1 request at a time, and does what undici's parser leaves out
 * (7.30 and 8.13 alike):
 *
 * - Of a reason phrase that arrives in pieces undici keeps the last piece, and it reads the bytes as UTF-8. So a status line is
 *   handed over whole, and a reason phrase that is not ASCII can be read here.
 * - A `100 Continue` that was not asked for is an error to undici, but a client must ignore it
 *   ([RFC 9110, 15.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.2)). So it is taken out.
 * - undici refuses `Expect: 100-continue` over HTTP/1.1. So a {@link ContinueGate} holds the body back.
 *
 * undici calls the socket's `read()`. This replaces it, and looks at the first chunk of each response only.
 */
export class HttpTap {
  readonly #socket: Socket;
  #awaitsHead = false;
  #held: Buffer | undefined;
  #hasReceived = false;
  #reasonPhrase: string | undefined;
  #gate: ContinueGate | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      const chunk = read(size) as Buffer | null;
      return chunk === null || !this.#awaitsHead ? chunk : this.#headBytes(chunk);
    };
  }

  /** Whether anything has arrived since the request. */
  get hasReceived(): boolean {
    return this.#hasReceived;
  }

  /** The reason phrase, its bytes as code points, where it is not ASCII. */
  get reasonPhrase(): string | undefined {
    return this.#reasonPhrase;
  }

  /**
   * A request is about to be written.
   *
   * @param expectsContinue - whether its body is to wait until the server wants it.
   */
  begin(expectsContinue: boolean): void {
    this.#awaitsHead = true;
    this.#held = undefined;
    this.#hasReceived = false;
    this.#reasonPhrase = undefined;
    if (expectsContinue) this.#gate = new ContinueGate(this.#socket);
  }

  /** The request is over. */
  end(): void {
    this.#awaitsHead = false;
    this.#gate?.remove();
    this.#gate = undefined;
  }

  /** Leaves the socket as it was. */
  remove(): void {
    this.end();
    delete (this.#socket as Partial<Socket>).read;
  }

  /** What undici may see of the part of a head that has arrived so far. */
  #headBytes(chunk: Buffer): Buffer | null {
    this.#hasReceived = true;
    // Nearly always: the first chunk holds the whole status line of the final response, and goes on as it is.
    if (this.#held === undefined && isFinal(chunk) && this.#messageEnd(chunk, 0) !== -1) return chunk;
    const data = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = undefined;
    const shown: Buffer[] = [];
    let at = 0;
    while (this.#awaitsHead) {
      const end = this.#messageEnd(data, at);
      if (end === -1) break;
      const isContinue = this.#isAwaitingHead() && isStatus(data, at, '100');
      if (isContinue) this.#gate?.open();
      else shown.push(data.subarray(at, end));
      at = end;
    }
    const rest = data.subarray(at);
    if (!this.#isAwaitingHead() || rest.byteLength > maxHeld) {
      this.#awaitsHead = false;
      shown.push(rest);
    } else if (rest.byteLength > 0) this.#held = rest;
    const [first] = shown;
    if (first === undefined) return null;
    return shown.length === 1 ? first : Buffer.concat(shown);
  }

  /** Where an informational response ends, or the status line of a final one; -1 while it is incomplete. */
  #messageEnd(data: Buffer, at: number): number {
    const lineEnd = data.indexOf(0x0a, at);
    if (lineEnd === -1) return -1;
    // Empty lines before a status line are ignored (RFC 9112, 2.2).
    if (lineEnd - at < 2 && data[at] !== 0x48) return lineEnd + 1;
    // Nothing here asks to switch protocols: undici refuses a 101 by itself.
    if (isStatus(data, at, '1') && !isStatus(data, at, '101')) {
      const headEnd = data.indexOf('\r\n\r\n', lineEnd - 1);
      return headEnd === -1 ? -1 : headEnd + 4;
    }
    this.#awaitsHead = false;
    this.#gate?.refuse();
    for (let index = at + reasonAt; index < lineEnd; index++) {
      if ((data[index] ?? 0) < 0x80) continue;
      this.#reasonPhrase = data.toString('latin1', at + reasonAt, lineEnd).replace(/\r$/, '');
      break;
    }
    return lineEnd + 1;
  }

  #isAwaitingHead(): boolean {
    return this.#awaitsHead;
  }
}

/** Where the status code begins, and the reason phrase: `HTTP/1.1 200 OK`. */
const statusAt = 9;
const reasonAt = 13;

/** Whether the data begins with the status line of a final response. */
function isFinal(data: Buffer): boolean {
  return data[0] === 0x48 && data.byteLength > reasonAt && data[statusAt] !== 0x31;
}

/** Whether the status line begins with these digits of a code. */
function isStatus(data: Buffer, at: number, digits: string): boolean {
  for (let index = 0; index < digits.length; index++) {
    if (data[at + statusAt + index] !== digits.charCodeAt(index)) return false;
  }
  return true;
}
