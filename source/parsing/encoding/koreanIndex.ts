let index: Uint16Array | undefined;

/**
 * The [index EUC-KR](https://encoding.spec.whatwg.org/#index-euc-kr), by pointer; 0 where it has nothing. It is KS X 1001,
 * which the platform has, and in the cells around it all Hangul syllables that are not there, in Unicode's order.
 */
export function koreanIndex(): Uint16Array {
  return (index ??= makeIndex());
}

function makeIndex(): Uint16Array {
  const cells = new Uint16Array(126 * 190);
  const decoder = new TextDecoder('euc-kr');
  const has = new Set<number>();
  const isStandard = (lead: number, trail: number): boolean => lead >= 0xa1 && trail >= 0xa1;
  const pointer = (lead: number, trail: number): number => (lead - 0x81) * 190 + trail - 0x41;
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const unit = decoder.decode(Uint8Array.of(lead, trail)).charCodeAt(0);
      // Private use is ICU's word for the rows that users may define, which the standard leaves empty.
      if (unit === 0xfffd || (unit >= 0xe000 && unit < 0xf900)) continue;
      cells[pointer(lead, trail)] = unit;
      has.add(unit);
    }
  }
  // Added to KS X 1001 later than ICU's table was made.
  cells[pointer(0xa2, 0xe6)] = 0x20ac;
  cells[pointer(0xa2, 0xe7)] = 0xae;
  let syllable = 0xabff;
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      if (isStandard(lead, trail) || (trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81))
        continue;
      do syllable += 1;
      while (has.has(syllable));
      if (syllable > 0xd7a3) return cells;
      cells[pointer(lead, trail)] = syllable;
    }
  }
  return cells;
}
