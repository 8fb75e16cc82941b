import { defaultLimits, type Limits } from '../options/limits.js';
import { UsageError } from './exit.js';

const names = Object.keys(defaultLimits) as (keyof Limits)[];
const factors: ReadonlyMap<string, number> = /*#__PURE__*/ new Map([
  ['', 1],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
]);

/** Reads what `--limits` was given: `xmlDepth=5000`, `documentBytes=1Gi`, `xmlRecordCharacters=none`, several with commas. */
export function parseLimits(list: readonly string[]): Partial<Limits> {
  const limits: { -readonly [Name in keyof Limits]?: Limits[Name] } = {};
  for (const part of list.flatMap((text) => text.split(','))) {
    const [label = '', value = '', ...others] = part.split('=').map((side) => side.trim());
    const name = names.find((known) => known === label);
    if (!/^\w+$/.test(label) || !part.includes('=') || others.length > 0)
      throw new UsageError(`--limits: cannot read '${part}'; write NAME=N, as in xmlDepth=5000`);
    if (name === undefined)
      throw new UsageError(`--limits: there is no limit '${label}'; the limits are ${names.join(', ')}`);
    if (name in limits) throw new UsageError(`--limits: the limit '${name}' appears twice`);
    limits[name] = parseAmount(value, part);
  }
  return limits;
}

function parseAmount(value: string, part: string): number {
  if (value === 'none') return Infinity;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([KMG]i)?$/.exec(value) ?? [];
  const number = Number(amount) * (factors.get(unit) ?? NaN);
  if (number >= 0) return number;
  throw new UsageError(
    `--limits: cannot read '${part}'; write a number, with Ki, Mi or Gi if you like (64Mi), or none for no limit`,
  );
}
