import { requireArguments, toDOMString, toDouble } from './webidl/conversions.js';
import { exposeInterface } from './webidl/exposeInterface.js';

/**
 * The [`ProgressEvent`](https://xhr.spec.whatwg.org/#interface-progressevent) of the XHR standard: how much of a request's
 * or a response's body there is, in bytes.
 *
 * @example
 * ```ts
 * import { ProgressEvent } from 'readystream/xmlhttprequest';
 *
 * const event = new ProgressEvent('progress', { lengthComputable: true, loaded: 10, total: 20 });
 * console.log(event.loaded / event.total); // 0.5
 * ```
 */
export const ProgressEvent: typeof globalThis.ProgressEvent = /*#__PURE__*/ exposeInterface(
  class ProgressEvent extends Event {
    readonly #lengthComputable: boolean;
    readonly #loaded: number;
    readonly #total: number;

    constructor(type: string, eventInitDict: ProgressEventInit = {}) {
      // eslint-disable-next-line prefer-rest-params -- a missing argument is not an undefined one
      requireArguments('ProgressEvent', arguments, 1);
      super(toDOMString(type), eventInitDict);
      // A dictionary may be null, and what is in it anything, whatever its type says.
      const {
        lengthComputable = false,
        loaded = 0,
        total = 0,
      } = (eventInitDict as Readonly<Record<string, unknown>> | null) ?? {};
      this.#lengthComputable = Boolean(lengthComputable);
      this.#loaded = toDouble(loaded);
      this.#total = toDouble(total);
    }

    /** Whether `total` is known. */
    get lengthComputable(): boolean {
      return this.#lengthComputable;
    }

    /** Bytes so far. */
    get loaded(): number {
      return this.#loaded;
    }

    /** Bytes in all, as they go over the network; 0 where that is not known. */
    get total(): number {
      return this.#total;
    }
  },
  { name: 'ProgressEvent' },
);
