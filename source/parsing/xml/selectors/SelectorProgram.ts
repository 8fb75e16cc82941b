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
