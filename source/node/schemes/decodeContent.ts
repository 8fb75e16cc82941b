import { isContentCoding } from './contentCodings.js';
import { ContentDecoder, type ContentDecoderTarget } from './ContentDecoder.js';

/** Each coding may multiply the size again; nobody means more than a few. */
const maxCodings = 5;

/**
 * What a byte weighs that one decoder hands to the next: to read it may cost as much as to write six (0.06 µs in an empty block of
 * deflate with codes of its own, against 0.01), also where nothing comes out.
 */
const handedOnWeight = 8;

/**
 * [Handle content codings](https://fetch.spec.whatwg.org/#handle-content-codings): what undoes the codings of a
 * `Content-Encoding` field, the outermost first, which is where bytes go in. Empty where there is nothing to undo or a
 * coding is not known: then the bytes stay as they are, as in browsers, and the field tells.
 *
 * @param handedOn - hears of the bytes that go from one decoder to the next, by what they weigh beside those that come out.
 * @throws Error where there are more codings than anyone needs.
 */
export function decodeContent(
  field: string,
  target: ContentDecoderTarget,
  handedOn?: (weight: number) => unknown,
): readonly ContentDecoder[] {
  const codings = field
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > maxCodings) {
    throw new Error(
      `${codings.length} content codings on top of each other, of which at most ${maxCodings} are undone`,
    );
  }
  if (!codings.every(isContentCoding)) return [];
  const decoders: ContentDecoder[] = [];
  // They are listed in the order in which they were applied, so the last is undone first.
  codings.reverse().forEach((coding, index) => {
    decoders.push(
      new ContentDecoder(coding, {
        decoded(chunk) {
          const inner = decoders[index + 1];
          if (inner === undefined) {
            target.decoded(chunk);
            return;
          }
          handedOn?.(chunk.byteLength * handedOnWeight);
          if (!inner.write(chunk)) decoders[index]?.pause();
        },
        drained() {
          (decoders[index - 1] ?? target).drained();
        },
        finished() {
          const inner = decoders[index + 1];
          if (inner === undefined) target.finished();
          else inner.end();
        },
        failed(error) {
          target.failed(error);
        },
      }),
    );
  });
  return decoders;
}

/** Calls back when all that the decoders were given, the outermost first, has been decoded and handed over. */
export function settleAll(decoders: readonly ContentDecoder[], then: () => void): void {
  const [first, ...rest] = decoders;
  if (first === undefined) then();
  else {
    first.settle(() => {
      settleAll(rest, then);
    });
  }
}
