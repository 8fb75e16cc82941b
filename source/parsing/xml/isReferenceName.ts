import { isNCName } from './selectors/isNCName.js';

/** Whether a text may stand between `&` and `;`: an entity's name, or what will be read as a character's number. */
export function isReferenceName(text: string): boolean {
  return text.startsWith('#') || isNCName(text);
}
