import { requireArguments, toDOMString, toDouble } from './webidl/conversions.js';
import { exposeInterface } from './webidl/exposeInterface.js';

/**
 * The [`ProgressEvent`](https://xhr.spec.whatwg.org/#interface-progressevent) of the XHR standard: how many bytes of a request's
 * or response's body have been transferred.
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
      // eslint-disable-next-line prefer-rest-params -- a missing argument differs from an undefined one
      requireArguments('ProgressEvent', arguments, 1);
      super(toDOMString(type), eventInitDict);
      // A dictionary may be null, and its members of any type, whatever TypeScript says.
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

    /** The number of bytes transferred so far. */
    get loaded(): number {
      return this.#loaded;
    }

    /** The total number of bytes as sent over the network; 0 if unknown. */
    get total(): number {
      return this.#total;
    }
  },
  { name: 'ProgressEvent' },
);
