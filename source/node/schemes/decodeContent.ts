import { isContentCoding } from './contentCodings.js';
import { ContentDecoder, type ContentDecoderTarget } from './ContentDecoder.js';

/** Each coding may multiply the size again; more than a few are never intended. */
const maxCodings = 5;

/**
 * The weight of a byte passed from one decoder to the next: reading it may cost as much as writing six (0.06 µs in an empty
 * deflate block with its own codes, against 0.01), even if there is no output.
 */
const handedOnWeight = 8;

/**
 * [Handle content codings](https://fetch.spec.whatwg.org/#handle-content-codings): returns the decoders for a `Content-Encoding`
 * field, the outermost first, which is where bytes go in. Empty if there is nothing to decode or a coding is unknown: then the
 * bytes stay as they are, as in browsers, and the field shows it.
 *
 * @param handedOn - called with the bytes passed from one decoder to the next, weighted in comparison with output bytes.
 * @throws Error if there are too many codings.
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
      `${codings.length} content codings on top of each other, of which at most ${maxCodings} are decoded`,
    );
  }
  if (!codings.every(isContentCoding)) return [];
  const decoders: ContentDecoder[] = [];
  // They are listed in the order in which they were applied, so the last is decoded first.
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
          const outer = decoders[index - 1];
          if (outer === undefined) target.drained();
          else outer.resume();
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
