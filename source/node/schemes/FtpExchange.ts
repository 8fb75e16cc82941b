import { isIP, Socket } from 'node:net';
import { FTPError } from 'basic-ftp';
import { buildConnector } from 'undici';
import { LimitError } from '../../errors/LimitError.js';
import { NetworkError, type NetworkPhase } from '../../errors/NetworkError.js';
import { FtpControl } from './FtpControl.js';
import { ftpErrorFrom } from './ftpErrorFrom.js';
import { ftpFacts, type FtpReply } from './FtpReplies.js';
import { type FtpOptions, type FtpTarget, ftpTarget } from './ftpTarget.js';
import { type Connector } from './HttpConnections.js';
import { type SchemeExchange, type SchemeRequest, type SchemeSink } from './SchemeHandler.js';
import { UploadBody, type UploadTarget } from './UploadBody.js';

/** One request over an FTP session of its own. */
export class FtpExchange implements UploadTarget, SchemeExchange {
  readonly #request: SchemeRequest;
  readonly #sink: SchemeSink;
  readonly #options: FtpOptions;
  readonly #control: FtpControl;
  #connecting: unknown;
  #upload: UploadBody | undefined;
  #phase: NetworkPhase = 'connect';
  /** What the server is being asked for. */
  #asked = 'the connection';
  #received = 0;
  #downloading: Socket | undefined;
  #isPaused = false;
  /** Nothing is reported any more: ended, failed or aborted. */
  #over = false;

  constructor(request: SchemeRequest, sink: SchemeSink, options: FtpOptions) {
    this.#request = request;
    this.#sink = sink;
    this.#options = options;
    const { headerBytes } = request.limits;
    this.#control = new FtpControl({
      replyLimit: headerBytes,
      overLimit: () => new LimitError('headerBytes', headerBytes, { request: this.#request }),
      closed: (error) => {
        this.#fail(error);
      },
    });
  }

  start(): void {
    this.#run().catch((error: unknown) => {
      this.#fail(error);
    });
  }

  /** Frees both connections, unless all is over. */
  abort(): void {
    if (!this.#over) this.#stop();
  }

  pause(): void {
    this.#isPaused = true;
    this.#downloading?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#downloading?.resume();
  }

  uploading(): void {
    if (!this.#over) this.#sink.sending?.();
  }

  uploaded(loaded: number): void {
    if (!this.#over) this.#sink.sent(loaded);
  }

  uploadFinished(): void {
    this.#phase = 'headers';
  }

  async #run(): Promise<void> {
    const { method } = this.#request;
    const target = ftpTarget(this.#request);
    if (typeof target === 'string') throw this.#refusal(target);
    if (method !== 'GET' && method !== 'HEAD' && method !== 'PUT')
      throw this.#refusal(`an FTP server answers GET, HEAD and PUT, but nothing else (${method})`);
    if (method === 'PUT' && target.isDirectory)
      throw this.#refusal('the URL names a directory, and PUT a file');
    await this.#connect(target);
    await this.#login(target);
    if (method === 'PUT') await this.#store(target);
    else if (target.isDirectory) await this.#list(target);
    else await this.#retrieve(target);
    if (this.#over) return;
    this.#stop();
    this.#sink.end([]);
  }

  async #connect({ host, port, isSecure }: FtpTarget): Promise<void> {
    this.#sink.connecting();
    if (this.#over) return;
    const { guard = buildConnector({ timeout: 0 }), tls, implicitTls = port === 990 } = this.#options;
    const secureOptions = { host, ...(isIP(host) === 0 ? { servername: host } : {}), ...tls };
    // Asked for first: the greeting may come together with the end of the handshake.
    const greeting = this.#control.greeting();
    greeting.catch(() => undefined);
    await this.#open(guard, host, port);
    if (isSecure && implicitTls) await this.#control.secure(secureOptions);
    const { code, message } = await greeting;
    if (code >= 300) throw new FTPError({ code, message });
    if (isSecure && !implicitTls) {
      await this.#command('AUTH TLS');
      await this.#control.secure(secureOptions);
    }
    this.#sink.connected();
  }

  #open(connector: Connector, hostname: string, port: number): Promise<void> {
    // Typed as giving nothing, undici's connectors give their socket.
    const connect: (...parameters: Parameters<Connector>) => unknown = connector;
    return new Promise((resolve, reject) => {
      this.#connecting = connect({ hostname, protocol: 'http:', port: String(port) }, (error, socket) => {
        this.#connecting = undefined;
        if (error !== null) reject(error);
        else {
          this.#control.open(socket);
          resolve();
        }
      });
    });
  }

  async #login({ user, password, isSecure }: FtpTarget): Promise<void> {
    this.#asked = 'the login';
    let reply = await this.#control.ask(`USER ${user}`);
    if (reply.code === 331) reply = await this.#control.ask(`PASS ${password}`);
    if (reply.code >= 300) throw new FTPError(reply);
    if (isSecure) {
      await this.#attempt('PBSZ 0');
      await this.#command('PROT P');
    }
  }

  async #retrieve({ path, type }: FtpTarget): Promise<void> {
    this.#phase = 'headers';
    await this.#command(`TYPE ${type}`);
    // What text is on its way is of another length.
    const size = type === 'I' ? await this.#attempt(`SIZE ${path}`) : undefined;
    const time = await this.#attempt(`MDTM ${path}`);
    const { total, headers } = ftpFacts(size, time);
    if (this.#request.method === 'HEAD') {
      if (headers.length === 0) throw new FTPError(size ?? time);
      this.#head(headers, total);
      return;
    }
    await this.#download(`RETR ${path}`, headers, total);
    if (this.#received < (total ?? 0)) {
      const reason = `the data connection ended after ${this.#received} of ${total ?? 0} bytes`;
      throw new NetworkError('body', { request: this.#request, reason });
    }
  }

  async #list({ path, type }: FtpTarget): Promise<void> {
    this.#phase = 'headers';
    await this.#command('TYPE A');
    await this.#attempt('OPTS UTF8 ON');
    // All servers take a directory without its last slash; the root is nothing else.
    if (path !== '')
      await this.#command(`CWD ${path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path}`);
    const headers = ['content-type', 'text/plain;charset=utf-8'];
    if (this.#request.method === 'HEAD') this.#head(headers, undefined);
    else await this.#download(type === 'D' ? 'NLST' : 'LIST', headers, undefined);
  }

  async #download(command: string, headers: readonly string[], total: number | undefined): Promise<void> {
    await this.#openData();
    await this.#control.transfer(this.#say(command), (socket, done) => {
      this.#phase = 'body';
      this.#head(headers, total);
      if (this.#over) return;
      socket.on('data', (chunk: Buffer<ArrayBuffer>) => {
        this.#received += chunk.byteLength;
        this.#sink.received(chunk.byteLength);
        // A view of what the socket read, which Node allocates anew for every read: it never changes.
        if (!this.#over) this.#sink.data(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      });
      socket.once('end', done);
      this.#downloading = socket;
      if (this.#isPaused) socket.pause();
    });
  }

  async #store({ path, type }: FtpTarget): Promise<void> {
    await this.#command(`TYPE ${type}`);
    await this.#openData();
    this.#phase = 'send';
    const upload = (this.#upload = new UploadBody(this.#request.body?.bytes ?? new Uint8Array(), this));
    await this.#control.transfer(this.#say(`STOR ${path}`), (socket, done) => {
      pump(upload, socket).then(done, (error: unknown) => {
        this.#fail(error);
      });
    });
    this.#head([], 0);
  }

  async #openData(): Promise<void> {
    this.#asked = 'EPSV and PASV';
    await this.#control.openData();
  }

  #head(headers: readonly string[], total: number | undefined): void {
    this.#sink.head({ url: this.#request.url, status: 200, statusText: 'OK', headers, redirects: [], total });
  }

  #command(command: string): Promise<FtpReply> {
    return this.#control.command(this.#say(command));
  }

  #attempt(command: string): Promise<FtpReply> {
    return this.#control.attempt(this.#say(command));
  }

  /** Notes which command is under way. */
  #say(command: string): string {
    [this.#asked = command] = command.split(' ', 1);
    return command;
  }

  #fail(cause: unknown): void {
    if (this.#over) return;
    const error = ftpErrorFrom(cause, { phase: this.#phase, asked: this.#asked }, this.#request);
    this.#stop();
    this.#sink.error(error);
  }

  #stop(): void {
    this.#over = true;
    this.#upload?.close();
    if (this.#connecting instanceof Socket) this.#connecting.destroy();
    this.#control.close();
  }

  #refusal(reason: string): NetworkError {
    return new NetworkError('connect', { request: this.#request, reason });
  }
}

/** Sends a body as fast as the connection takes it. */
async function pump(upload: UploadBody, socket: Socket): Promise<void> {
  for await (const slice of upload) {
    if (!socket.write(slice)) await new Promise((resolve) => socket.once('drain', resolve));
  }
  await new Promise<void>((resolve) => socket.end(resolve));
}
