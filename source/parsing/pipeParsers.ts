import { type IncrementalParser } from './IncrementalParser.js';

/**
 * Feeds a parser with what another gives. Where the first one throws, what it gave before is read first, so that nothing
 * whole is lost; the second one's own error, which lies nearer the start, then takes precedence.
 */
export function pipeParsers<Input, Middle, Output>(
  first: IncrementalParser<Input, Middle>,
  second: IncrementalParser<Middle, Output>,
): IncrementalParser<Input, Output> {
  const middle: Middle[] = [];
  const handOn = (output: Output[]): void => {
    for (const value of middle) second.write(value, output);
    middle.length = 0;
  };
  return {
    write(input, output) {
      try {
        first.write(input, middle);
      } finally {
        handOn(output);
      }
    },
    end(output) {
      try {
        first.end(middle);
      } finally {
        handOn(output);
      }
      second.end(output);
    },
  };
}
