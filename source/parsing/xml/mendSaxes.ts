import { type SaxesCallbacks, type SaxesInternals } from './SaxesInternals.js';

/** saxes' state between markup. */
export const stateText = 13;
/** saxes' states in a processing instruction of the DTD, and behind a "?" in it. */
const stateDtdInstruction = 11;
const stateDtdInstructionEnding = 12;
/** What saxes' `getCode` gives that is no character. */
const endOfChunk = -1;
const endOfLine = -2;

/** Has saxes read two things as XML wants it. */
export function mendSaxes(saxes: SaxesInternals, callbacks: SaxesCallbacks): void {
  // It takes "?", anything and ">" for the end of a processing instruction in the DTD.
  const readEnding = saxes.stateTable[stateDtdInstructionEnding];
  saxes.stateTable[stateDtdInstructionEnding] = () => {
    readEnding?.call(saxes);
    const goesOn = saxes.state === stateDtdInstructionEnding && !saxes.text.endsWith('?');
    if (goesOn) saxes.state = stateDtdInstruction;
  };
  // It says only at the end of what was written that there is text outside of the root: so that would depend on the cuts.
  const readText = saxes.stateTable[stateText];
  saxes.stateTable[stateText] = () => {
    if (saxes.tags.length === 0) {
      const start = saxes.i;
      let code: number;
      do code = saxes.getCode();
      while (code === 0x20 || code === 0x9 || code === 0xa || code === endOfLine);
      saxes.text += saxes.chunk.slice(start, code === endOfChunk ? saxes.i : saxes.prevI);
      if (code === endOfChunk) return;
      if (code !== 0x3c) callbacks.failure('text data outside of root node');
      saxes.i = saxes.prevI;
    }
    readText?.call(saxes);
  };
}
