import { type Observable } from 'rxjs';
import { type Adapter } from '../../../source/request/Adapter.js';
import { type NormalizedRequest } from '../../../source/request/NormalizedRequest.js';
import { type ReadyStateEvent } from '../../../source/request/ReadyStateEvent.js';
import { requestOf } from '../../helpers/requestOf.js';
import { type Capabilities, type Subject } from './Subject.js';

/** What an exchange came to. */
export interface Outcome {
  readonly events: ReadyStateEvent[];
  readonly error: unknown;
  readonly completed: boolean;
}

let lastId = 0;
const newId = (): string => `${Date.now()}-${++lastId}-${Math.random()}`;

/** One subject with the shorthands that the contracts are written in. */
export class AdapterBench {
  readonly can: Capabilities;
  readonly origin: string;
  readonly id = newId();
  readonly #adapter: Adapter;

  constructor({ adapter, origin, can }: Subject) {
    this.#adapter = adapter;
    this.origin = origin;
    this.can = can;
  }

  request(target: string, changes?: Partial<NormalizedRequest>): NormalizedRequest {
    const url = new URL(target, this.origin);
    if (url.origin === this.origin) url.searchParams.set('id', this.id);
    return requestOf(url, changes);
  }

  send(target: string, changes?: Partial<NormalizedRequest>): Observable<ReadyStateEvent> {
    return this.#adapter(this.request(target, changes));
  }

  /** Runs an exchange to its end. */
  outcome(
    target: string,
    changes?: Partial<NormalizedRequest>,
    onEvent?: (event: ReadyStateEvent) => void,
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      const events: ReadyStateEvent[] = [];
      this.send(target, changes).subscribe({
        next: (event) => {
          events.push(event);
          onEvent?.(event);
        },
        error: (error: unknown) => {
          resolve({ events, error, completed: false });
        },
        complete: () => {
          resolve({ events, error: undefined, completed: true });
        },
      });
    });
  }

  /** What the server saw of this bench's requests, once it saw so much. */
  async log(wanted = ''): Promise<{ requests: number; answered: number; broken: number }> {
    const response = await fetch(`${this.origin}/log?id=${this.id}&${wanted}`);
    return (await response.json()) as { requests: number; answered: number; broken: number };
  }

  async release(): Promise<void> {
    await fetch(`${this.origin}/release?id=${this.id}`);
  }
}
