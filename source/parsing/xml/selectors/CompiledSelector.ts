import { type Compound } from './Compound.js';
import { type SelectorProgram } from './SelectorProgram.js';

/** A selector, checked and ready to be run any number of times. */
export interface CompiledSelector {
  /** The selector as it was written. */
  readonly selector: string;
  /** What an element must match any of; one program, unless a list is very long. */
  readonly programs: readonly [SelectorProgram, ...SelectorProgram[]];
  /**
   * Of a relative selector that looks at nothing but the start tags of the scope's children (`title`, `g|price`,
   * `a, b`): its compounds. Else `undefined`.
   */
  readonly children: readonly Compound[] | undefined;
}
