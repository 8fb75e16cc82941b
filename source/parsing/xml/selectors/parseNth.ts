/** `An+B`. */
export interface Nth {
  readonly step: number;
  readonly offset: number;
}

const pattern = /^\s*(?:(even)|(odd)|([+-]?\d*)n(?:\s*([+-])\s*(\d+))?|([+-]?\d+))\s*$/i;

/**
 * Reads the argument of `:nth-child()`; `undefined` where it is none.
 *
 * @see https://www.w3.org/TR/css-syntax-3/#anb-microsyntax
 */
export function parseNth(text: string): Nth | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, even, odd, step, sign = '+', offset = '0', index] = match;
  if (even !== undefined) return { step: 2, offset: 0 };
  if (odd !== undefined) return { step: 2, offset: 1 };
  if (index !== undefined) return { step: 0, offset: Number(index) };
  return {
    step: step === undefined || /^[+-]?$/.test(step) ? Number(`${step ?? ''}1`) : Number(step),
    offset: Number(sign + offset),
  };
}
