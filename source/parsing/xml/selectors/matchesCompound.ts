import { type XmlStartTag } from '../XmlHandler.js';
import { type Compound, type ElementSituation } from './Compound.js';

/** Whether an element's start tag, in its situation, is what the compound selector describes. */
export function matchesCompound(compound: Compound, tag: XmlStartTag, situation: ElementSituation): boolean {
  if (compound.local !== undefined && compound.local !== tag.local) return false;
  if (compound.uri !== undefined && compound.uri !== tag.uri) return false;
  for (const test of compound.tests) {
    if (!test(tag, situation)) return false;
  }
  return true;
}
