import { Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { Client, FTPContext, FTPError } from 'basic-ftp';
import { FtpReplies, type FtpReply } from './FtpReplies.js';
import { resetSocket } from './HttpConnections.js';

/** Begins a transfer on its data connection and calls back when that is done. */
export type BeginFtpTransfer = (socket: Socket, done: () => void) => void;

/** What a {@link FtpControl} is made with. */
export interface FtpControlOptions {
  /** Characters of one reply. */
  readonly replyLimit: number;
  /** Makes the error for a longer one. */
  readonly overLimit: () => Error;
  /** Called once, when the connections are closed, by whichever side. */
  readonly closed: (error: Error) => void;
}

/**
 * The control connection of one FTP session, and the data connection that belongs to it. Beside basic-ftp's own it reads
 * replies that are cut anywhere, refuses what is none, knows each socket while it is still connecting, so that closing
 * frees it, and tells of an end that comes while no command waits.
 */
export class FtpControl extends FTPContext {
  readonly #options: FtpControlOptions;
  /** Those underneath TLS; one that is still connecting as well. */
  readonly #dataSockets: Socket[] = [];
  #replies: FtpReplies | undefined;
  #readFrom: Socket | undefined;
  #isClosed = false;

  constructor(options: FtpControlOptions) {
    // A path's bytes go out as they are; the time limits are the caller's.
    super(0, 'latin1');
    this.#options = options;
    this._newSocket = () => {
      const socket = new Socket();
      this.#dataSockets.push(socket);
      return socket;
    };
  }

  override closeWithError(error: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // A data connection that is closed in the usual way says that a file is whole: this one is broken off.
    for (const socket of this.#dataSockets) resetSocket(socket);
    super.closeWithError(error);
    this.#options.closed(error);
  }

  /** Takes a connection over that has been made. */
  open(socket: Socket): void {
    if (this.#isClosed) socket.destroy();
    else this.socket = socket;
  }

  /** Waits for the server's greeting. */
  greeting(): Promise<FtpReply> {
    return this.#ask(undefined);
  }

  /** Sends a command and waits for its reply, which may ask for more (3xx); a refusal is an `FTPError`. */
  ask(command: string): Promise<FtpReply> {
    return this.#ask(command);
  }

  /** Sends a command that has to succeed. */
  async command(command: string): Promise<FtpReply> {
    const reply = await this.#ask(command);
    if (reply.code >= 300) throw new FTPError(reply);
    return reply;
  }

  /** Sends a command that the server may refuse, and gives its reply, whatever it says. */
  async attempt(command: string): Promise<FtpReply> {
    try {
      return await this.#ask(command);
    } catch (error) {
      if (error instanceof FTPError) return error;
      throw error;
    }
  }

  /** Turns to TLS, now and for the data connections to come. */
  secure(options: ConnectionOptions): Promise<void> {
    const plain = this.socket;
    return new Promise((resolve, reject) => {
      const socket = connectTls({ ...options, socket: plain }, () => {
        socket.off('error', reject);
        this.socket = socket;
        this.tlsOptions = options;
        // basic-ftp has taken all listeners away.
        plain.on('error', () => undefined);
        resolve();
      });
      socket.once('error', reject);
    });
  }

  /** Makes a data connection: EPSV, or PASV with an address that is this server's. */
  async openData(): Promise<void> {
    await new Client(0).prepareTransfer(this);
  }

  /** Sends a command that starts a transfer on the data connection; both have to come to their ends. */
  transfer(command: string, begin: BeginFtpTransfer): Promise<void> {
    let begun = false;
    let dataDone = false;
    let confirmed = false;
    return this.handle(command, (reply, task) => {
      const settle = (): void => {
        if (!dataDone || !confirmed) return;
        this.dataSocket = undefined;
        task.resolve(undefined);
      };
      if (reply instanceof Error) task.reject(reply);
      else if (reply.code >= 300 || (reply.code >= 200 && !begun)) task.reject(new FTPError(reply));
      else if (reply.code >= 200) {
        confirmed = true;
        settle();
      } else if (!begun && this.dataSocket !== undefined) {
        begun = true;
        begin(this.dataSocket, () => {
          dataDone = true;
          settle();
        });
      }
    }) as Promise<void>;
  }

  protected override _onControlSocketData(chunk: string): void {
    // Replies that came before TLS say nothing after it.
    if (this.#replies === undefined || this.#readFrom !== this.socket) {
      this.#readFrom = this.socket;
      this.#replies = new FtpReplies(this.#options.replyLimit, this.#options.overLimit);
    }
    const replies: FtpReply[] = [];
    let failure: unknown;
    try {
      this.#replies.write(chunk, replies);
    } catch (error) {
      failure = error;
    }
    for (const reply of replies) {
      // By this one the server says why it is going to hang up.
      if (reply.code === 421 && this._task === undefined) this.closeWithError(new FTPError(reply));
      else this._passToHandler(reply.code >= 400 ? new FTPError(reply) : reply);
    }
    if (failure !== undefined) this.closeWithError(failure as Error);
  }

  #ask(command: string | undefined): Promise<FtpReply> {
    return this.handle(command, (reply, task) => {
      if (reply instanceof Error) task.reject(reply);
      // What is preliminary is followed by the reply.
      else if (reply.code >= 200) task.resolve(reply);
    }) as Promise<FtpReply>;
  }
}
