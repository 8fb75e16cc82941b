import { type XmlStartTag } from '../XmlHandler.js';
import { type CompiledSelector } from './CompiledSelector.js';
import { SelectorMatcher } from './SelectorMatcher.js';

/** What follows a document's tags and tells which elements match. */
export interface ElementMatcher {
  /** Takes a start tag, and tells whether its element matches. */
  open(tag: XmlStartTag): boolean;
  /** Takes an end tag. */
  close(): void;
}

/** A matcher for a selector, at the start of a document. */
export function elementMatcher({ programs }: CompiledSelector): ElementMatcher {
  const [first, ...more] = programs;
  if (more.length === 0) return new SelectorMatcher(first);
  const matchers = programs.map((program) => new SelectorMatcher(program));
  return {
    // Every matcher must see the tag, so that the search may not stop at the first that matches.
    open: (tag) => matchers.reduce((isMatch, matcher) => matcher.open(tag) || isMatch, false),
    close: () => {
      for (const matcher of matchers) matcher.close();
    },
  };
}
