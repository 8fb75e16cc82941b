import { parseArgs } from 'node:util';
import { type BenchOptions } from './BenchOptions.js';

/**
 * Reads the command line.
 *
 * @param names The names of all cases.
 */
export function parseOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  const only = values.only?.flatMap((list) => list.split(',')) ?? names;
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`--only ${unknown}: the cases are ${names.join(', ')}`);
  }
  const rounds = Number(values.rounds ?? (values.quick ? 3 : 7));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new TypeError('--rounds must be 1 or more');
  }
  return { only, rounds, quick: values.quick, profile: values.profile };
}
