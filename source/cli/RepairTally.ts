import { type XmlRepair } from '../parsing/xml/recovery/XmlRepair.js';
import { formatCount } from './format.js';
import { oneLine } from './output/cells.js';

/** How many repairs are shown one by one. */
const mostShown = 5;

/** Counts the repairs of a feed, and says what the first of them are. */
export class RepairTally {
  readonly #say: (text: string) => void;
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  add({ kind, position: { line, column }, text }: XmlRepair): void {
    this.#total += 1;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    if (this.#total <= mostShown)
      this.#say(`repaired ${kind} at line ${line}, column ${column}: ${oneLine(text)}`);
  }

  /** How many there were, by kind; `undefined` where there were none. */
  summary(): string | undefined {
    if (this.#total === 0) return undefined;
    const kinds = Array.from(this.#counts, ([kind, count]) => `${kind} ${count}`).join(', ');
    return `${formatCount(this.#total, 'repair')}: ${kinds}`;
  }
}
