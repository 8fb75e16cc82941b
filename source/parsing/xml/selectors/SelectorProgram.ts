import { type Compound } from './Compound.js';

/**
 * Selectors as a nondeterministic automaton over start tags. A state is one compound; an element is in the state when it
 * matches the compound and an element that the combinator leads back to is in the state before. The sets of states are
 * bit sets, so that all combinators of a tag are followed in a few operations, whatever the depth.
 *
 * Invariants: the states of a sequence of compounds are consecutive, and those of a selector inside `:is()` or `:not()`
 * come before the state whose compound holds it.
 */
export interface SelectorProgram {
  /** The compounds by state. */
  readonly compounds: readonly Compound[];
  /** States that need no other: the first of each sequence. */
  readonly start: number;
  /** States that the state before must hold for: the parent, */
  readonly child: number;
  /** … any ancestor, */
  readonly descendant: number;
  /** … the sibling just before, */
  readonly adjacent: number;
  /** … any sibling before. */
  readonly sibling: number;
  /** States that make the element a match. */
  readonly accept: number;
  /** Whether a test asks for `index`. */
  readonly countsChildren: boolean;
  /** Whether a test asks for `typeIndex`. */
  readonly countsTypes: boolean;
  /** The names for which `typeIndex` is asked; `undefined` is all. */
  readonly typeNames: ReadonlySet<string> | undefined;
}

/** So many states fit into the small integers of every engine. */
export const maximumStates = 30;

/** The combinators that look back only. */
export type Combinator = 'child' | 'descendant' | 'adjacent' | 'sibling';

/** A compound and what leads back from it; the first step of a sequence leads nowhere. */
export interface Step {
  readonly combinator: Combinator | undefined;
  readonly compound: Compound;
}

/** A program in the making. What a combinator leads to, it keeps under the combinator's name. */
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
