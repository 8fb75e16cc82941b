import { type Cookies } from '../../fetching/Cookies.js';
import { type SyncMessage } from './SyncMessage.js';

/** The cookies of a jar in another thread, which answers in the order that it is asked in. */
export class PostedCookies implements Cookies {
  readonly #post: (message: SyncMessage) => void;
  readonly #waiting = new Map<number, (value: string) => void>();
  #lastId = 0;

  constructor(post: (message: SyncMessage) => void) {
    this.#post = post;
  }

  get(url: string): Promise<string> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#post({ type: 'getCookies', id, url });
    });
  }

  set(field: string, url: string): Promise<void> {
    this.#post({ type: 'setCookie', field, url });
    return Promise.resolve();
  }

  answered(id: number, value: string): void {
    this.#waiting.get(id)?.(value);
    this.#waiting.delete(id);
  }
}
