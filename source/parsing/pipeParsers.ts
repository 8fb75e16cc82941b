import { type IncrementalParser } from './IncrementalParser.js';

/**
 * Feeds a parser with the output of another. If the first one throws, its earlier output is still read, so that no complete
 * value is lost; an error of the second one, which is nearer the start, then takes precedence.
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
