/** What a decoder refused to read, and what it read before that. */
export interface IllegalPlace {
  /** The text before the trouble. */
  readonly text: string;
  /** Where the trouble starts and ends, in bytes. */
  readonly start: number;
  readonly end: number;
  /** Whether nothing is wrong but that the bytes end inside a character. */
  readonly truncated: boolean;
}

const stride = 1024;

/**
 * Finds what a fatal `TextDecoder`, which tells no place and hands out nothing of the piece that it refuses, stumbled
 * over in `bytes`, which begin with a whole character: in strides first, then byte by byte.
 */
export function locateIllegal(encoding: string, bytes: Uint8Array): IllegalPlace {
  const makeDecoder = (): TextDecoder => new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const scout = makeDecoder();
  let index = 0;
  try {
    for (; index < bytes.length; index += stride) {
      scout.decode(bytes.subarray(index, index + stride), { stream: true });
    }
  } catch {
    // The trouble is in this stride, or started at the end of the one before.
  }
  index = Math.max(0, Math.min(index, bytes.length) - stride);
  const decoder = makeDecoder();
  const texts = [decoder.decode(bytes.subarray(0, index), { stream: true })];
  let start = index;
  for (; index < bytes.length; index++) {
    try {
      const text = decoder.decode(bytes.subarray(index, index + 1), { stream: true });
      if (text !== '') start = index + 1;
      texts.push(text);
    } catch {
      return { text: texts.join(''), start, end: index + 1, truncated: false };
    }
  }
  return { text: texts.join(''), start, end: index, truncated: true };
}
