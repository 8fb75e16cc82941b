/** In milliseconds: more than any test waits for, so that nothing that long fires by itself. */
export const hour = 3_600_000;

/** A clock on which hours pass when a test says so. What is to happen sooner happens as usual. */
export interface HourClock {
  /** Moves `performance.now()` on, and runs the timers of half an hour or more that are due then. */
  pass(milliseconds: number): void;
  /** Gives the platform its own clock back. */
  restore(): void;
}

/** Takes the place of `performance.now()` and of long timers: for limits that are to pass at one moment of a test. */
export function hourClock(): HourClock {
  const { setTimeout, clearTimeout } = globalThis;
  const now = performance.now.bind(performance);
  const before = Object.getOwnPropertyDescriptor(performance, 'now');
  const held = new Map<unknown, { readonly at: number; readonly action: () => void }>();
  let passed = 0;
  const replaced = {
    setTimeout(action: (...given: unknown[]) => void, delay = 0, ...given: unknown[]): unknown {
      if (delay < hour / 2) return setTimeout(action, delay, ...given);
      const timer = {};
      held.set(timer, {
        at: performance.now() + delay,
        action: () => {
          action(...given);
        },
      });
      return timer;
    },
    clearTimeout(timer: unknown): void {
      if (!held.delete(timer)) clearTimeout(timer as number);
    },
  };
  Object.assign(globalThis, replaced);
  Object.defineProperty(performance, 'now', {
    configurable: true,
    writable: true,
    value: () => now() + passed,
  });
  return {
    pass(milliseconds) {
      passed += milliseconds;
      for (const [timer, { at, action }] of held) {
        if (at > performance.now()) continue;
        held.delete(timer);
        action();
      }
    },
    restore() {
      Object.assign(globalThis, { setTimeout, clearTimeout });
      if (before === undefined) Reflect.deleteProperty(performance, 'now');
      else Object.defineProperty(performance, 'now', before);
    },
  };
}
