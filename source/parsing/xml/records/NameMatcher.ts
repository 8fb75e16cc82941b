import { type ResolvedName } from '../NamespaceScopes.js';
import { type CompiledSelector } from '../selectors/compileSelector.js';
import { type SelectorProgram } from '../selectors/SelectorProgram.js';

/** What an open element is to a selector, and what its children are by the numbers of their names. */
class State {
  readonly states: number;
  /** The states of all elements around it too. */
  readonly above: number;
  readonly isMatch: boolean;
  readonly children: (State | undefined)[] = [];

  constructor(states: number, above: number, isMatch: boolean) {
    this.states = states;
    this.above = above;
    this.isMatch = isMatch;
  }
}

/** Runs a selector that asks for names, parents and ancestors only: what follows from a name in a place is found out once. */
export class NameMatcher {
  /** By depth; 0 is the document. */
  readonly #open: State[] = [new State(0, 0, false)];
  readonly #states = new Map<string, State>();
  readonly #program: SelectorProgram;
  readonly #names: readonly ResolvedName[];

  private constructor(program: SelectorProgram, names: readonly ResolvedName[]) {
    this.#program = program;
    this.#names = names;
  }

  /** `undefined` for a selector that asks for more. */
  static of({ programs }: CompiledSelector, names: readonly ResolvedName[]): NameMatcher | undefined {
    const [program] = programs;
    const { adjacent, sibling, countsChildren, countsTypes, compounds } = program;
    const isSimple =
      programs.length === 1 &&
      (adjacent | sibling) === 0 &&
      !countsChildren &&
      !countsTypes &&
      compounds.every(({ tests }) => tests.length === 0);
    return isSimple ? new NameMatcher(program, names) : undefined;
  }

  /** Takes a start tag inside so many elements; of end tags nothing has to be told. */
  enter(depth: number, name: number): boolean {
    const parent = this.#open[depth]!;
    const state = parent.children[name] ?? this.#follow(parent, name);
    this.#open[depth + 1] = state;
    return state.isMatch;
  }

  #follow(parent: State, name: number): State {
    const { start, child, descendant, compounds, accept } = this.#program;
    const { local, uri } = this.#names[name]!;
    let candidates = start | ((parent.states << 1) & child) | ((parent.above << 1) & descendant);
    let states = 0;
    while (candidates !== 0) {
      const state = candidates & -candidates;
      candidates ^= state;
      const compound = compounds[31 - Math.clz32(state)];
      if (compound === undefined) continue;
      if (compound.local !== undefined && compound.local !== local) continue;
      if (compound.uri === undefined || compound.uri === uri) states |= state;
    }
    const above = parent.above | states;
    const key = `${states} ${above}`;
    let found = this.#states.get(key);
    if (found === undefined)
      this.#states.set(key, (found = new State(states, above, (states & accept) !== 0)));
    while (parent.children.length <= name) parent.children.push(undefined);
    parent.children[name] = found;
    return found;
  }
}
