import { isDeepStrictEqual } from 'node:util';
import type t from 'tap';
import { type IncrementalParser } from '../../source/parsing/IncrementalParser.js';
import { chunkings, type Sliceable } from '../helpers/chunkings.js';

/** What a parser makes of a body: its values (text in one piece), and the message of the error that ended it. */
export interface Parsed<Output> {
  readonly values: readonly Output[];
  readonly error?: string;
}

/** A body and what a parser has to make of it. */
export interface ParserCase<Input extends Sliceable, Output> extends Parsed<Output> {
  readonly title: string;
  readonly make: () => IncrementalParser<Input, Output>;
  readonly input: Input;
}

/** Feeds a parser piece by piece. A parser of text gives pieces of it; those are joined, after a look at each. */
export function parse<Input extends Sliceable, Output>(
  parser: IncrementalParser<Input, Output>,
  pieces: readonly Input[],
  joined = false,
): Parsed<Output> {
  const values: Output[] = [];
  let failure: { error?: string } = {};
  try {
    for (const piece of pieces) parser.write(piece, values);
    parser.end(values);
  } catch (error) {
    failure = { error: String(error) };
  }
  if (!joined) return { values, ...failure };
  const ill = values.find((text) => text === '' || /^[\udc00-\udfff]|[\ud800-\udbff]$/.test(String(text)));
  if (ill !== undefined) throw new Error(`a piece is empty or splits a character: ${JSON.stringify(ill)}`);
  return { values: values.length === 0 ? [] : [values.join('') as Output], ...failure };
}

/** Checks that the parser makes the same of each body however it is cut. */
export function testParser<Input extends Sliceable, Output>(
  test: typeof t,
  name: string,
  cases: readonly ParserCase<Input, Output>[],
  { joined = false } = {},
): void {
  test.test(`${name} reads the same however the input is cut`, (t) => {
    for (const { title, make, input, values, error } of cases) {
      const expected = error === undefined ? { values } : { values, error };
      for (const chunking of chunkings(input)) {
        const parsed = parse(make(), chunking.pieces, joined);
        // An assertion per cut would drown the report: only what fails gets one, and what is whole.
        if (chunking.title === 'whole' || !isDeepStrictEqual(parsed, expected)) {
          t.strictSame(parsed, expected, `${title}, ${chunking.title}`);
        }
      }
    }
    t.end();
  });
}
