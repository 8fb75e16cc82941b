/** Requests before the clock starts, so that the JIT compiler's share is small for all. */
export const warmUp = 1000;
