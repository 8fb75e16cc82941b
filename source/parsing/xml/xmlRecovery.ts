import { type IncrementalParser } from '../IncrementalParser.js';
import { type ReadXmlOptions } from './ReadXmlOptions.js';
import { type XmlHandler } from './XmlHandler.js';

/** Reads a document on through what is wrong in it. */
export type XmlRecovery = <Output>(
  makeHandler: (emit: (value: Output) => void) => XmlHandler,
  options: ReadXmlOptions,
) => IncrementalParser<Uint8Array, Output>;

/** What the entry has bound. */
const binding: { recovery: XmlRecovery | undefined } = { recovery: undefined };

/** Reads with repairs, where the entry, or an import of its own, has brought that along. */
export function xmlRecovery(): XmlRecovery {
  const { recovery } = binding;
  if (recovery !== undefined) return recovery;
  throw new TypeError(
    "recover: in a page, add import 'readystream/xml/recover', which a bundle leaves out without it",
  );
}

/** Sets what {@link xmlRecovery} gives; called by entry files only. */
export function bindXmlRecovery(recovery: XmlRecovery): void {
  binding.recovery = recovery;
}
