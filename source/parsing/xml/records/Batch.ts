import { type ResolvedName } from '../NamespaceScopes.js';
import { type SuppliedTexts } from '../scanner/readRange.js';

/** Making typed arrays takes time. */
const noBytes = /*#__PURE__*/ new Uint8Array();
const noNumbers = /*#__PURE__*/ new Int32Array();

/**
 * Records that were read together: their bytes, and the tape, which says where what is in them. Who keeps one of the records keeps
 * all of them.
 */
export class Batch {
  bytes: Uint8Array = noBytes;
  tape: Int32Array = noNumbers;
  /** What was supplied for entities that are referred to in here. */
  supplied: SuppliedTexts;
  /** The resolved names of the document, and what members they are in objects, as far as somebody asked. */
  readonly names: readonly ResolvedName[];
  readonly members: (string | undefined)[];

  constructor(names: readonly ResolvedName[], members: (string | undefined)[]) {
    this.names = names;
    this.members = members;
  }

  /** Copies what it is given: in one buffer, for making one takes longer than the copying. */
  keep(bytes: Uint8Array, tape: Int32Array, supplied: SuppliedTexts): void {
    const tapeFrom = (bytes.length + 3) & ~3;
    const buffer = new ArrayBuffer(tapeFrom + tape.length * 4);
    this.bytes = new Uint8Array(buffer, 0, bytes.length);
    this.bytes.set(bytes);
    this.tape = new Int32Array(buffer, tapeFrom, tape.length);
    this.tape.set(tape);
    this.supplied = supplied;
  }
}
