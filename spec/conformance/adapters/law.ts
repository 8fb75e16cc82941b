import { AdapterBench } from './AdapterBench.js';
import { type Subject } from './Subject.js';

/** A behaviour of every adapter; `run` rejects where it does not hold. */
export interface Law {
  readonly name: string;
  readonly run: (subject: Subject) => Promise<void>;
}

/** A law written over a bench that is fresh at each run. */
export function law(name: string, run: (bench: AdapterBench) => Promise<void>): Law {
  return { name, run: (subject) => run(new AdapterBench(subject)) };
}
