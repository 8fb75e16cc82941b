/**
 * What comes of reading where it is not a place in the window, which is never negative: more bytes are needed; somebody else has
 * to go on from the start of the current token; the root element has ended.
 */
export type ScanResult = typeof more | typeof handOver | typeof rootEnded;
export const more = -1;
export const handOver = -2;
export const rootEnded = -3;
