import { AdapterBench } from './AdapterBench.js';
import { type Subject } from './Subject.js';

/** A behaviour of every adapter; `run` rejects where it does not hold. */
export interface Contract {
  readonly name: string;
  readonly run: (subject: Subject) => Promise<void>;
}

/** A contract written over a bench that is fresh at each run. */
export function contract(name: string, run: (bench: AdapterBench) => Promise<void>): Contract {
  return { name, run: (subject) => run(new AdapterBench(subject)) };
}
