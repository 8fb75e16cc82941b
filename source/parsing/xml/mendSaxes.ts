import { isReferenceCharacter } from './references.js';
import { type SaxesCallbacks, type SaxesInternals } from './SaxesInternals.js';

/** saxes' state between markup. */
export const stateText = 13;
/** saxes' state behind an "&". */
const stateReference = 14;
/** saxes' states in a processing instruction of the DTD, and behind a "?" in it. */
const stateDtdInstruction = 11;
const stateDtdInstructionEnding = 12;
/** What saxes' `getCode` gives that is no character. */
const endOfChunk = -1;
const endOfLine = -2;

/** Makes saxes read three things as XML requires. */
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
  // saxes looks for the ";" alone, however far it is, and has a plain object for the entities.
  saxes.stateTable[stateReference] = () => {
    const { chunk, i, entity } = saxes;
    let end = i;
    while (isReferenceCharacter(chunk.charCodeAt(end))) end += 1;
    const name = entity + chunk.slice(i, end);
    if (end === chunk.length) {
      saxes.entity = name;
      saxes.i = end;
      return;
    }
    const where = saxes.entityReturnState === stateText ? 'text' : 'value';
    // Asked first: an entity that is passed over empties the text.
    const text = callbacks.reference(chunk[end] === ';' ? name : undefined, where);
    saxes.text += text;
    saxes.entity = '';
    saxes.state = saxes.entityReturnState;
    saxes.prevI = end;
    saxes.i = end + 1;
  };
}
