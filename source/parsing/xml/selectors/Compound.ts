import { type XmlStartTag } from '../XmlHandler.js';

/** Where the element that was just opened stands, as far as its start tag can tell. */
export interface ElementSituation {
  /** How many elements are open, this one included: the root's is 1. */
  readonly depth: number;
  /** Its place among its parent's children, from 1; counted only where the selector asks for it. */
  readonly index: number;
  /** Its place among the children of its type, from 1; counted only where the selector asks for it. */
  readonly typeIndex: number;
  /** The states (bits) of the program that this element is in, those of the selectors inside `:is()` first. */
  readonly states: number;
}

/** One attribute or pseudo-class. */
export type ElementTest = (tag: XmlStartTag, situation: ElementSituation) => boolean;

/** A compound selector: what stands between two combinators. */
export interface Compound {
  /** The type's name; `undefined` is any. */
  readonly local: string | undefined;
  /** The type's namespace; `undefined` is any, the empty string none. */
  readonly uri: string | undefined;
  readonly tests: readonly ElementTest[];
  /** Whether the tests look at the start tag alone and never at its situation. */
  readonly tagOnly: boolean;
}

/** Whether an element's start tag, in its situation, is what the compound selector describes. */
export function matchesCompound(compound: Compound, tag: XmlStartTag, situation: ElementSituation): boolean {
  if (compound.local !== undefined && compound.local !== tag.local) return false;
  if (compound.uri !== undefined && compound.uri !== tag.uri) return false;
  for (const test of compound.tests) {
    if (!test(tag, situation)) return false;
  }
  return true;
}
