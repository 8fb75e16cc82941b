import { isNCName } from '../names.js';
import { attributeTest } from './attributeTest.js';
import { type Compound, type ElementTest, matchesCompound } from './Compound.js';
import { parseNth } from './parseNth.js';
import {
  type AttributeSelector,
  isTraversal,
  type PseudoSelector,
  type Selector,
  type Traversal,
  type TraversalType,
} from './parseSelector.js';
import { type Namespaces, resolvePrefix, selectorError } from './resolvePrefix.js';
import { type Combinator, type ProgramBuilder, type Step } from './SelectorProgram.js';

type Simple = Exclude<Selector, Traversal>;

const future = /^(?:has|empty|last|(?:nth-)?last-(?:child|of-type)|only-(?:child|of-type))$/;

const isOutermost: ElementTest = (_tag, { depth }) => depth === 1;

/** What libraries write for CSS's own. */
const ofLibraries: ReadonlyMap<string, string> = /*#__PURE__*/ new Map([
  ['first', ':first-of-type'],
  ['even', ':nth-of-type(odd)'],
  ['odd', ':nth-of-type(even)'],
  ['eq', ':nth-of-type(n)'],
]);

/** `:scope` alone: the outermost element that is seen. */
const scope: Compound = { local: undefined, uri: undefined, tests: [isOutermost], tagOnly: false };

/** Turns the tokens of one selector into states of programs. */
export class SelectorCompiler {
  readonly #selector: string;
  readonly #namespaces: Namespaces;
  readonly #hasColons: boolean;

  constructor(selector: string, namespaces: Namespaces, hasColons: boolean) {
    this.#selector = selector;
    this.#hasColons = hasColons;
    this.#namespaces = namespaces;
  }

  /** The error of this selector. */
  error(detail: string): TypeError {
    return selectorError(this.#selector, detail);
  }

  /** The steps of one complex selector; those inside its `:is()` and `:not()` are in the program afterwards. */
  steps(tokens: readonly Selector[], program: ProgramBuilder, relative: boolean): Step[] {
    const steps: Step[] = [];
    let combinator: Combinator | undefined;
    let compound: Simple[] = [];
    if (relative && !mentionsScope(tokens)) {
      steps.push({ combinator: undefined, compound: scope });
      combinator = 'child';
    }
    for (const [index, token] of tokens.entries()) {
      if (!isTraversal(token)) {
        compound.push(token);
        continue;
      }
      if (compound.length > 0) steps.push({ combinator, compound: this.#compound(compound, program) });
      else if (steps.length === 0) throw this.error('starts with a combinator: write what is to its left');
      combinator = this.#combinator(token.type);
      if (index === 0 && combinator !== 'child') {
        throw this.error('starts with + or ~: what stands beside a record is not kept with it');
      }
      compound = [];
    }
    if (compound.length === 0) throw this.error('ends with a combinator: write what is to its right');
    steps.push({ combinator, compound: this.#compound(compound, program) });
    return steps;
  }

  /** The compound that judges the scope's children by their start tags alone, where the steps ask for no more. */
  childOfScope([first, second, more]: readonly Step[]): Compound | undefined {
    const isChild = first?.compound === scope && second?.combinator === 'child' && more === undefined;
    return isChild && second.compound.tagOnly ? second.compound : undefined;
  }

  #combinator(type: TraversalType): Combinator {
    if (type === 'column-combinator' || type === 'parent') {
      throw this.error("has a combinator that is none of ' ', >, + and ~");
    }
    return type;
  }

  #compound(tokens: readonly Simple[], program: ProgramBuilder): Compound {
    if (tokens.length === 1 && tokens.every(isScope)) return scope;
    const tests: ElementTest[] = [];
    let local: string | undefined;
    let uri: string | undefined;
    let tagOnly = true;
    for (const [index, token] of tokens.entries()) {
      switch (token.type) {
        case 'tag':
        case 'universal':
          if (index > 0) throw this.error('has a type that does not come first in its compound');
          if (token.type === 'tag') local = this.#name(token.name);
          uri = this.#namespace(token.namespace, '');
          break;
        case 'attribute':
          tests.push(this.#attribute(token, local));
          break;
        case 'pseudo': {
          const { test, tagOnly: own } = this.#pseudo(token, local, program);
          tests.push(test);
          tagOnly &&= own;
          break;
        }
        case 'pseudo-element':
          throw this.error(`has ::${token.name}: XML has no pseudo-elements`);
      }
    }
    return { local, uri, tests, tagOnly };
  }

  #name(name: string): string {
    if (isNCName(name)) return name;
    const [prefix = '', local = '', more] = name.split(':');
    const isQualified = more === undefined && isNCName(prefix) && isNCName(local);
    if (isQualified && this.#hasColons) return name;
    throw this.error(
      `has ${JSON.stringify(name)}, which is no XML name without a prefix${isQualified ? `: write ${prefix}|${local} and give the prefix in namespaces` : ''}`,
    );
  }

  /** `undefined` is any namespace; `bare` is what a name without a prefix stands for. */
  #namespace(prefix: string | null, bare: '' | undefined): string | undefined {
    if (prefix === '*') return undefined;
    if (prefix === '') return '';
    if (prefix !== null) return resolvePrefix(this.#name(prefix), this.#namespaces, this.#selector);
    return bare !== undefined && Object.hasOwn(this.#namespaces, bare) ? this.#namespaces[bare] : undefined;
  }

  #attribute(
    { name, namespace, action, value, ignoreCase }: AttributeSelector,
    local: string | undefined,
  ): ElementTest {
    if (ignoreCase === 'quirks') {
      const [sign, operator] = name === 'id' ? ['#', '='] : ['.', '~='];
      const meant = sign === '.' && local !== undefined ? this.#dottedName(local) : '';
      throw this.error(
        `has ${sign}${value}, which means something in HTML only: write [${name}${operator}"${value}"]${meant}`,
      );
    }
    if (action === 'not') {
      throw this.error(`has !=, which CSS has not: write :not([${name}="${value}"])`);
    }
    // An attribute without a prefix is in no namespace, whatever the default.
    const uri = namespace === null ? '' : this.#namespace(namespace, undefined);
    return attributeTest({ local: this.#name(name), uri, action, value, ignoreCase: ignoreCase === true });
  }

  #pseudo(
    { name, data }: PseudoSelector,
    local: string | undefined,
    program: ProgramBuilder,
  ): { test: ElementTest; tagOnly: boolean } {
    if (future.test(name)) {
      throw this.error(
        `has :${name}, which needs what comes later, but a start tag decides: select without it, and look into the elements`,
      );
    }
    const known = ofLibraries.get(name);
    if (known !== undefined) {
      const first = name === 'first' ? ', or take(1) for the first match of all' : '';
      throw this.error(`has :${name}, which is not CSS: write ${local ?? '*'}${known}${first}`);
    }
    switch (name) {
      case 'root':
      case 'scope':
      case 'first-child':
      case 'first-of-type':
        if (data !== null) throw this.error(`gives :${name} an argument`);
        if (name === 'root' || name === 'scope') return { test: isOutermost, tagOnly: false };
        return this.#nth(name === 'first-child', '1', local, program);
      case 'nth-child':
      case 'nth-of-type':
        return this.#nth(name === 'nth-child', typeof data === 'string' ? data : '', local, program);
      case 'is':
      case 'where':
      case 'not':
        if (!Array.isArray(data) || data.length === 0) throw this.error(`gives :${name}() no selector`);
        return this.#alternatives(data, name !== 'not', program);
      default:
        throw this.error(
          `has :${name}, which is not known for XML (known: :root, :scope, :is(), :where(), :not(), :first-child, ` +
            `:first-of-type, :nth-child(), :nth-of-type())${this.#qualifiedName(local, name)}`,
        );
    }
  }

  /** What to write where a class behind a type was meant for the rest of a name, as in POMs and layouts (`android.widget.Button`). */
  #dottedName(start: string): string {
    const at = this.#selector.indexOf(`${start}.`);
    const [dotted = ''] = at === -1 ? [] : (/^[^\s#[\]:>+~,|()]+/.exec(this.#selector.slice(at)) ?? []);
    return dotted === '' ? '' : `; for the element ${dotted} write ${dotted.replaceAll('.', '\\.')}`;
  }

  /** What to write where a pseudo-class behind a type was meant for the name behind a prefix. */
  #qualifiedName(prefix: string | undefined, lowercase: string): string {
    const at = this.#selector.toLowerCase().indexOf(`:${lowercase}`) + 1;
    const local = this.#selector.slice(at, at + lowercase.length);
    return prefix === undefined ? '' : `; for the element ${prefix}:${local} write ${prefix}|${local}`;
  }

  #nth(ofAll: boolean, formula: string, local: string | undefined, program: ProgramBuilder) {
    const nth = parseNth(formula);
    if (nth === undefined) {
      throw this.error(`has the position ${JSON.stringify(formula)}, which is not like 2n+1, odd, even or 3`);
    }
    if (ofAll) program.countsChildren = true;
    else program.countType(local);
    const { step, offset } = nth;
    const test: ElementTest = (_tag, { index, typeIndex }) => {
      const distance = (ofAll ? index : typeIndex) - offset;
      return step === 0 ? distance === 0 : distance % step === 0 && distance / step >= 0;
    };
    return { test, tagOnly: false };
  }

  #alternatives(lists: readonly (readonly Selector[])[], wanted: boolean, program: ProgramBuilder) {
    const compounds: Compound[] = [];
    let states = 0;
    for (const tokens of lists) {
      const steps = this.steps(tokens, program, false);
      const [only] = steps;
      if (steps.length === 1 && only !== undefined) compounds.push(only.compound);
      else states |= program.add(steps);
    }
    const test: ElementTest = (tag, situation) =>
      ((situation.states & states) !== 0 ||
        compounds.some((compound) => matchesCompound(compound, tag, situation))) === wanted;
    return { test, tagOnly: states === 0 && compounds.every((compound) => compound.tagOnly) };
  }
}

function isScope(token: Selector): boolean {
  return token.type === 'pseudo' && token.name === 'scope' && token.data === null;
}

function mentionsScope(tokens: readonly Selector[]): boolean {
  return tokens.some(
    (token) =>
      isScope(token) ||
      (token.type === 'pseudo' && Array.isArray(token.data) && token.data.some(mentionsScope)),
  );
}
