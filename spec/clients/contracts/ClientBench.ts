import { type XMLHttpRequestOptions } from '../../../source/node/xmlhttprequest/XMLHttpRequestOptions.js';
import { type ClientServer } from '../../helpers/clientServer.js';
import { type ClientName } from '../subjects/clients.js';
import { type Client, type ClientCall, type ClientFailure, type ClientReply } from './Client.js';
import { type RequestWatch, watchRequests } from './watchRequests.js';

/** What the server was sent, as `/echo` tells it. */
export interface Echo {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A client over our class, the server that it talks to, and what the two did. */
export class ClientBench {
  readonly name: ClientName;
  readonly server: ClientServer;
  readonly client: Client;
  #watch: RequestWatch;
  #ids = 0;

  constructor(name: ClientName, server: ClientServer, client: Client, watch: RequestWatch) {
    this.name = name;
    this.server = server;
    this.client = client;
    this.#watch = watch;
  }

  /** The requests that were made of our class since it was last defined. */
  get requests(): readonly XMLHttpRequest[] {
    return this.#watch.requests;
  }

  /** Defines the global class anew, with other settings. */
  use(options?: XMLHttpRequestOptions): void {
    if (this.client.can.otherClasses) this.#watch = watchRequests(options);
    else this.#watch.forget();
  }

  /** An id of which the server has not heard. */
  id(): string {
    return `request${++this.#ids}`;
  }

  send(path: string, call: Omit<ClientCall, 'url'> = {}): Promise<ClientReply> {
    return this.client.send({ ...call, url: this.server.url(path) });
  }

  /** What the server was sent. */
  async echo(call: Omit<ClientCall, 'url'> = {}, path = '/echo'): Promise<Echo> {
    const { body } = await this.send(path, call);
    const {
      method,
      path: asked,
      headers,
      body: sent,
    } = body as Record<'method' | 'path' | 'body', string> & Pick<Echo, 'headers'>;
    return { method, path: asked, headers, bytes: Uint8Array.from(Buffer.from(sent, 'base64')) };
  }

  /** How a request fails. */
  async failure(outcome: Promise<ClientReply>): Promise<ClientFailure> {
    const reply = await outcome.catch((error: unknown) => this.client.failureOf(error));
    if ('kind' in reply) return reply;
    throw new Error(`The request succeeded with ${reply.status}`);
  }

  /** Starts a request, and waits until it has come to a state. */
  async reach(
    readyState: number,
    path: string,
    call: Omit<ClientCall, 'url'>,
  ): Promise<{ xhr: XMLHttpRequest; outcome: Promise<ClientReply> }> {
    const next = this.#watch.next();
    const outcome = this.send(path, call);
    // It is waited for by who has asked for it.
    outcome.catch(() => undefined);
    const xhr = await next;
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (xhr.readyState >= readyState) resolve();
      };
      xhr.addEventListener('readystatechange', check);
      check();
    });
    return { xhr, outcome };
  }
}
