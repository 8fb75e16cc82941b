import { type XmlStartTag } from '../XmlHandler.js';
import { type ElementSituation } from './Compound.js';
import { matchesCompound } from './matchesCompound.js';
import { type SelectorProgram } from './SelectorProgram.js';

/**
 * Runs a program over start and end tags. What a tag costs depends on the selector alone; what is held is a few numbers
 * per open element, and where positions of a type are asked for, a number per type among an open element's children.
 */
export class SelectorMatcher implements ElementSituation {
  depth = 0;
  index = 1;
  typeIndex = 1;
  states = 0;
  readonly #program: SelectorProgram;
  /** Whether there are combinators, so that states must be remembered. */
  readonly #isLinked: boolean;
  readonly #hasSiblings: boolean;
  // By depth; 0 is the document.
  readonly #own: number[] = [0];
  readonly #above: number[] = [0];
  readonly #lastChild: number[] = [0];
  readonly #anyChild: number[] = [0];
  readonly #children: number[] = [0];
  readonly #types: (Map<string, number> | undefined)[] = [undefined];

  constructor(program: SelectorProgram) {
    this.#program = program;
    this.#hasSiblings = (program.adjacent | program.sibling) !== 0;
    this.#isLinked = this.#hasSiblings || (program.child | program.descendant) !== 0;
  }

  /** Takes a start tag, and tells whether its element matches. */
  open(tag: XmlStartTag): boolean {
    const program = this.#program;
    const parent = this.depth++;
    if (program.countsChildren) this.#countChild(parent);
    if (program.countsTypes) this.#countType(parent, tag);
    let candidates = program.start;
    if (this.#isLinked) candidates |= this.#reached(parent);
    this.states = 0;
    while (candidates !== 0) {
      const state = candidates & -candidates;
      candidates ^= state;
      const compound = program.compounds[31 - Math.clz32(state)];
      if (compound !== undefined && matchesCompound(compound, tag, this)) this.states |= state;
    }
    if (this.#isLinked) this.#remember(parent);
    return (this.states & program.accept) !== 0;
  }

  /** Takes an end tag. */
  close(): void {
    if (this.#program.countsTypes) this.#types.length = this.depth;
    this.depth--;
  }

  /** The states that the combinators lead to from the elements around. */
  #reached(parent: number): number {
    const program = this.#program;
    let reached =
      (((this.#own[parent] ?? 0) << 1) & program.child) |
      (((this.#above[parent] ?? 0) << 1) & program.descendant);
    if (this.#hasSiblings) {
      reached |=
        (((this.#lastChild[parent] ?? 0) << 1) & program.adjacent) |
        (((this.#anyChild[parent] ?? 0) << 1) & program.sibling);
    }
    return reached;
  }

  #remember(parent: number): void {
    const { states, depth } = this;
    this.#own[depth] = states;
    this.#above[depth] = (this.#above[parent] ?? 0) | states;
    if (!this.#hasSiblings) return;
    this.#lastChild[parent] = states;
    this.#anyChild[parent] = (this.#anyChild[parent] ?? 0) | states;
    this.#lastChild[depth] = 0;
    this.#anyChild[depth] = 0;
  }

  #countChild(parent: number): void {
    this.index = (this.#children[parent] ?? 0) + 1;
    this.#children[parent] = this.index;
    this.#children[parent + 1] = 0;
  }

  #countType(parent: number, tag: XmlStartTag): void {
    const names = this.#program.typeNames;
    if (names !== undefined && !names.has(tag.local)) return;
    const types = (this.#types[parent] ??= new Map<string, number>());
    // A name holds no blank, so that name and URI cannot be mixed up.
    const type = `${tag.local} ${tag.uri}`;
    this.typeIndex = (types.get(type) ?? 0) + 1;
    types.set(type, this.typeIndex);
  }
}
