import { type TimeoutLimits } from '../request/NormalizedRequest.js';
import { UsageError } from './exit.js';

const limitNames = ['connect', 'send', 'headers', 'idle', 'total'] as const;

/** Reads `--timeout`: `30`, `500ms`, `2m`, or limits one by one: `connect=5s,idle=30s`. */
export function parseTimeout(text: string): TimeoutLimits {
  const limits: { -readonly [Name in keyof TimeoutLimits]: TimeoutLimits[Name] } = {};
  for (const part of text.split(',')) {
    const equals = part.indexOf('=');
    const label = equals === -1 ? 'total' : part.slice(0, equals).trim();
    const name = limitNames.find((known) => known === label);
    if (name === undefined) {
      throw new UsageError(
        `--timeout: there is no limit '${label}'; the limits are ${limitNames.join(', ')}`,
      );
    }
    if (limits[name] !== undefined) throw new UsageError(`--timeout: the limit '${name}' is there twice`);
    limits[name] = parseDuration(part.slice(equals + 1).trim(), text);
  }
  return limits;
}

const milliseconds: ReadonlyMap<string, number> = /*#__PURE__*/ new Map([
  ['ms', 1],
  ['', 1_000],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

function parseDuration(duration: string, text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(duration) ?? [];
  const value = Number(amount) * (milliseconds.get(unit) ?? NaN);
  if (value > 0) return value;
  throw new UsageError(
    `--timeout: cannot read '${text}'; write a time above 0 as 30s, 500ms, 2m or 1h (a bare number is seconds), or limits: connect=5s,idle=30s`,
  );
}
