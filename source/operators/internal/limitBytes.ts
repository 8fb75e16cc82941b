import { LimitError } from '../../errors/LimitError.js';
import { type IncrementalParser } from '../../parsing/IncrementalParser.js';
import { type XmlBodyOptions } from './xmlBodyOptions.js';

/** The parser, refusing bodies over `limits.bufferedBytes`: what it makes of them is held whole. */
export function limitBytes<Output>(
  { limits, request }: XmlBodyOptions,
  parser: IncrementalParser<Uint8Array, Output>,
): IncrementalParser<Uint8Array, Output> {
  let read = 0;
  return {
    write(bytes, output) {
      read += bytes.length;
      if (read > limits.bufferedBytes)
        throw new LimitError('bufferedBytes', limits.bufferedBytes, { request });
      parser.write(bytes, output);
    },
    end(output) {
      parser.end(output);
    },
  };
}
