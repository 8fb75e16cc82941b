import { type SelectorType } from 'css-what';
import { type Compound } from './Compound.js';
import { type SelectorProgram } from './SelectorProgram.js';

/** The combinators that look back only. */
export type Combinator =
  SelectorType.Child | SelectorType.Descendant | SelectorType.Adjacent | SelectorType.Sibling;

/** A compound and what leads back from it; the first step of a sequence leads nowhere. */
export interface Step {
  readonly combinator: Combinator | undefined;
  readonly compound: Compound;
}

/** A program in the making. What a combinator leads to, it keeps under css-what's name for the combinator. */
export class ProgramBuilder implements SelectorProgram {
  readonly compounds: Compound[] = [];
  start = 0;
  child = 0;
  descendant = 0;
  adjacent = 0;
  sibling = 0;
  accept = 0;
  countsChildren = false;
  countsTypes = false;
  typeNames: Set<string> | undefined = new Set<string>();

  /** Adds a sequence of compounds, and gives the state (bit) of its last. */
  add(steps: readonly Step[]): number {
    let state = 0;
    for (const { combinator, compound } of steps) {
      // Past the 31st the bits wrap round; the compiler then throws the program away.
      state = 1 << this.compounds.length;
      this.compounds.push(compound);
      this[combinator ?? 'start'] |= state;
    }
    return state;
  }

  /** Asks for `typeIndex`, of elements of one name where it is known. */
  countType(local: string | undefined): void {
    this.countsTypes = true;
    if (local === undefined) this.typeNames = undefined;
    else this.typeNames?.add(local);
  }
}
