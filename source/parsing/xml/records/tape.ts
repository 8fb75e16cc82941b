// What an element takes on a tape: these numbers, behind them `attributeSize` for each attribute, and behind those its children.
// Places in bytes are those behind the start of its record, places on the tape too.
export const elementSize = 7;
/** The number of its resolved name × 2, + 1 where its text is not as it stands. */
export const nameAt = 0;
/** Where its start tag starts and ends, and its end tag: of an empty one they are the same. */
export const startAt = 1;
export const contentAt = 2;
export const contentEndAt = 3;
/** -1 as long as it is open. */
export const endAt = 4;
/** Where the tape goes on behind its children. */
export const nextAt = 5;
/** How many attributes it has. */
export const countAt = 6;
