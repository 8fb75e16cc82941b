import { type XmlStartTag } from '../XmlHandler.js';
import { type ElementSituation, matchesCompound } from './Compound.js';
import { type SelectorProgram } from './SelectorProgram.js';

/** What a matcher remembers, as plain data. */
export interface MatcherMemory {
  /** Of the document and each open element in turn: the numbers of its level. */
  readonly levels: readonly number[];
  /** How many children of which type there were at which depth. */
  readonly types: readonly (readonly [depth: number, type: string, count: number])[];
}

const noTypes: MatcherMemory['types'] = [];
/** How many numbers there are of a level. */
const numbersOfLevel = 5;

/** What is remembered of an open element, or of the document. */
interface Level {
  states: number;
  /** Its states and those of all elements around it. */
  above: number;
  /** The states of its last child, and of any of its children. */
  lastChild: number;
  anyChild: number;
  children: number;
  /** How many children of each type there were, where that is asked for. */
  types: Map<string, number> | undefined;
}

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
  /** Whether the program asks for more than tags. */
  readonly #remembers: boolean;
  /** By depth; 0 is the document. */
  readonly #levels: Level[] = [newLevel(0, 0)];

  constructor(program: SelectorProgram) {
    const { child, descendant, adjacent, sibling, countsChildren, countsTypes } = program;
    this.#program = program;
    this.#remembers = (child | descendant | adjacent | sibling) !== 0 || countsChildren || countsTypes;
  }

  /** Takes a start tag, and tells whether its element matches. */
  open(tag: XmlStartTag): boolean {
    const program = this.#program;
    const parent = this.#remembers ? this.#levels[this.depth] : undefined;
    this.depth += 1;
    let candidates = program.start;
    if (parent !== undefined) {
      this.index = parent.children += 1;
      if (program.countsTypes) this.#countType(parent, tag);
      candidates |=
        ((parent.states << 1) & program.child) |
        ((parent.above << 1) & program.descendant) |
        ((parent.lastChild << 1) & program.adjacent) |
        ((parent.anyChild << 1) & program.sibling);
    }
    this.states = 0;
    while (candidates !== 0) {
      const state = candidates & -candidates;
      candidates ^= state;
      const compound = program.compounds[31 - Math.clz32(state)];
      if (compound !== undefined && matchesCompound(compound, tag, this)) this.states |= state;
    }
    if (parent !== undefined) this.#remember(parent);
    return (this.states & program.accept) !== 0;
  }

  /** Takes an end tag. */
  close(): void {
    this.depth -= 1;
  }

  /** Whether it remembers what the start tags of the open elements do not tell. */
  get counts(): boolean {
    const { adjacent, sibling, countsChildren, countsTypes } = this.#program;
    return (adjacent | sibling) !== 0 || countsChildren || countsTypes;
  }

  /** What it remembers here, as one of several. Called for each record: it makes few objects. */
  remembered(): readonly [MatcherMemory] {
    const levels: number[] = [];
    for (let depth = 0; depth <= this.depth; depth += 1) {
      const level = this.#levels[depth];
      if (level !== undefined)
        levels.push(level.states, level.above, level.lastChild, level.anyChild, level.children);
    }
    return [{ levels, types: this.#program.countsTypes ? this.#types() : noTypes }];
  }

  /** Goes on where another one remembered this. */
  goOn({ levels, types }: MatcherMemory): void {
    this.#levels.length = 0;
    for (let index = 0; index < levels.length; index += numbersOfLevel) {
      const [states = 0, above = 0, lastChild = 0, anyChild = 0, children = 0] = levels.slice(index);
      this.#levels.push({ states, above, lastChild, anyChild, children, types: undefined });
    }
    this.depth = this.#levels.length - 1;
    for (const [depth, type, count] of types) {
      const level = this.#levels[depth];
      if (level !== undefined) (level.types ??= new Map<string, number>()).set(type, count);
    }
  }

  #types(): MatcherMemory['types'] {
    return this.#levels
      .slice(0, this.depth + 1)
      .flatMap(({ types }, depth) =>
        types === undefined ? [] : [...types].map(([type, count]) => [depth, type, count] as const),
      );
  }

  #remember(parent: Level): void {
    const { states } = this;
    parent.lastChild = states;
    parent.anyChild |= states;
    this.#levels[this.depth] = newLevel(states, parent.above | states);
  }

  #countType(parent: Level, tag: XmlStartTag): void {
    const names = this.#program.typeNames;
    if (names !== undefined && !names.has(tag.local)) return;
    const types = (parent.types ??= new Map<string, number>());
    // A name holds no blank, so that name and URI cannot be mixed up.
    const type = `${tag.local} ${tag.uri}`;
    this.typeIndex = (types.get(type) ?? 0) + 1;
    types.set(type, this.typeIndex);
  }
}

function newLevel(states: number, above: number): Level {
  return { states, above, lastChild: 0, anyChild: 0, children: 0, types: undefined };
}
