/** What the second number of a job's signal says. */
export const jobState = {
  posted: 0,
  /** The thread has begun: to begin it anew elsewhere might send the request twice. */
  accepted: 1,
  /** Nobody waits any longer, and the thread has not begun: it must not. */
  abandoned: 2,
} as const;
