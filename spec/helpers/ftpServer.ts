import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { selfSigned } from './selfSigned.js';

/** One client's session with an {@link FtpServer}. */
export interface FtpSession {
  readonly control: Socket;
  /** Sends a reply: its code and words, CRLF added. */
  reply(text: string): void;
  /** The data connection, when the client has made it. */
  data(): Promise<Socket>;
}

/**
 * What is done instead at a command: a reply, or anything; `go` does what the server does by itself. `GREETING` and `DATA`
 * (the data connection was made) are taken for commands.
 */
export type FtpScript = Readonly<
  Record<string, string | ((session: FtpSession, argument: string, go: () => void) => void)>
>;

/** What an {@link FtpServer} has. */
export interface FtpServerOptions {
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Whether `AUTH TLS` is known, or TLS spoken from the first byte. */
  readonly tls?: 'explicit' | 'implicit' | undefined;
  /** What is sent before the server turns to TLS. */
  readonly beforeTls?: string;
}

/** A small FTP server on the loopback interface that misbehaves as a script says, and tells what it saw. */
export interface FtpServer {
  /** `ftp://127.0.0.1:port`, or ftps: where it knows TLS. */
  readonly origin: string;
  /** The commands of all clients, as they came. */
  readonly commands: readonly string[];
  /** What was uploaded, by path; with `!` after it where the connection was reset. */
  readonly uploads: ReadonlyMap<string, Buffer>;
  /** How many connections were made, of both kinds. */
  readonly connections: () => number;
  /** Settles when no connection is open, of either kind. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an {@link FtpServer} on a free port. */
export async function ftpServer(script: FtpScript = {}, options: FtpServerOptions = {}): Promise<FtpServer> {
  const { files = {}, tls, beforeTls = '234 Go on with TLS.\r\n' } = options;
  const commands: string[] = [];
  const uploads = new Map<string, Buffer>();
  const open = new Set<Socket>();
  const waiting = new Set<() => void>();
  let connections = 0;

  const watch = (socket: Socket): void => {
    connections++;
    open.add(socket);
    socket.setNoDelay(true);
    // A client that goes away is part of the test.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      if (open.size > 0) return;
      for (const settle of waiting) settle();
      waiting.clear();
    });
  };

  const serve = (plain: Socket): void => {
    watch(plain);
    let control = plain;
    let dataServer: Server | undefined;
    let data: Promise<Socket> | undefined;
    let isPrivate = false;

    const listen = (reply: (port: number) => string): void => {
      data = new Promise((resolve) => {
        dataServer = createServer((socket) => {
          dataServer?.close();
          watch(socket);
          const connection = isPrivate ? secured(socket) : socket;
          resolve(connection);
          run('DATA', '');
        });
        dataServer.listen(0, '127.0.0.1', () => {
          session.reply(reply((dataServer?.address() as AddressInfo).port));
        });
      });
    };

    const send = (content: string | Buffer): void => {
      session.reply('150 Here it comes.');
      void data?.then((socket) => {
        socket.end(content, () => {
          session.reply('226 Transfer complete.');
        });
      });
    };

    const receive = (path: string): void => {
      session.reply('150 Go on.');
      void data?.then((socket) => {
        const parts: Buffer[] = [];
        socket.on('data', (part) => parts.push(part));
        socket.on('error', () => uploads.set(`${path}!`, Buffer.concat(parts)));
        socket.on('end', () => {
          uploads.set(path, Buffer.concat(parts));
          socket.end();
          session.reply('226 Transfer complete.');
        });
      });
    };

    const withFile = (path: string, use: (content: string | Buffer) => void): void => {
      const content = files[path];
      if (content === undefined) session.reply(`550 ${path}: no such file.`);
      else use(content);
    };

    const usual: Readonly<Record<string, (argument: string) => void>> = {
      GREETING: () => {
        session.reply('220-A server\r\n of the tests.\r\n220 Ready.');
      },
      USER: () => {
        session.reply('331 Password please.');
      },
      PASS: () => {
        session.reply('230 Logged in.');
      },
      AUTH: () => {
        if (tls !== 'explicit') session.reply('502 No TLS here.');
        else {
          plain.write(beforeTls);
          listenTo(secured(plain));
        }
      },
      PROT: () => {
        isPrivate = true;
        session.reply('200 Private.');
      },
      SIZE: (path) => {
        withFile(path, (content) => {
          session.reply(`213 ${Buffer.byteLength(content)}`);
        });
      },
      MDTM: (path) => {
        withFile(path, () => {
          session.reply('213 20240229123456');
        });
      },
      CWD: (path) => {
        const exists = Object.keys(files).some((name) => name.startsWith(`${path.replace(/\/$/, '')}/`));
        session.reply(exists ? '250 There.' : `550 ${path}: no such directory.`);
      },
      EPSV: () => {
        listen((port) => `229 Entering extended passive mode (|||${port}|)`);
      },
      PASV: () => {
        listen((port) => `227 Entering passive mode (127,0,0,1,${port >> 8},${port & 255}).`);
      },
      RETR: (path) => {
        withFile(path, send);
      },
      LIST: () => {
        send(
          Object.keys(files)
            .map((name) => `-rw-r--r-- 1 o g 1 Jan 1 00:00 ${name}\r\n`)
            .join(''),
        );
      },
      NLST: () => {
        send(
          Object.keys(files)
            .map((name) => `${name}\r\n`)
            .join(''),
        );
      },
      STOR: receive,
      QUIT: () => {
        control.end('221 Bye.\r\n');
      },
      DATA: () => undefined,
    };

    const run = (verb: string, argument: string): void => {
      const own = script[verb];
      const go = (): void => {
        const handle = usual[verb];
        if (handle === undefined) session.reply('200 Fine.');
        else handle(argument);
      };
      if (typeof own === 'string') session.reply(own);
      else if (own === undefined) go();
      else own(session, argument, go);
    };

    const session: FtpSession = {
      get control() {
        return control;
      },
      reply(text) {
        if (control.writable) control.write(`${text}\r\n`);
      },
      data: () => data ?? Promise.reject(new Error('neither EPSV nor PASV came')),
    };

    const listenTo = (socket: Socket): void => {
      plain.removeAllListeners('data');
      control = socket;
      let received = '';
      socket.on('data', (part) => {
        const lines = (received + part.toString()).split('\r\n');
        received = lines.pop() ?? '';
        for (const line of lines) {
          commands.push(line);
          const [verb = '', ...words] = line.split(' ');
          run(verb, words.join(' '));
        }
      });
    };

    plain.on('close', () => dataServer?.close());
    listenTo(tls === 'implicit' ? secured(plain) : plain);
    run('GREETING', '');
  };

  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls === undefined ? 'ftp' : 'ftps'}://127.0.0.1:${port}`,
    commands,
    uploads,
    connections: () => connections,
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of open) socket.destroy();
      }),
  };
}

function secured(socket: Socket): Socket {
  const secure = new TLSSocket(socket, { isServer: true, ...selfSigned });
  secure.on('error', () => undefined);
  // Where a client hangs up during the handshake, what was to be written would keep the socket open.
  secure.on('end', () => {
    if (secure.writableLength > 0) socket.destroy();
  });
  return secure;
}
