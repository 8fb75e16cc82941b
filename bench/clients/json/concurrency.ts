/** Requests under way at any time. */
export const concurrency = 32;
