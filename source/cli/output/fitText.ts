import { displayWidth } from './displayWidth.js';
import { splitCharacters } from './splitCharacters.js';

/** The text in exactly so many columns: filled with blanks, or cut with an ellipsis. */
export function fitText(text: string, columns: number, isRightAligned = false): string {
  const width = displayWidth(text);
  if (width <= columns) {
    const blanks = ' '.repeat(columns - width);
    return isRightAligned ? blanks + text : text + blanks;
  }
  let kept = '';
  let room = columns - 1;
  for (const character of splitCharacters(text)) {
    room -= displayWidth(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}…${' '.repeat(Math.max(columns - 1 - displayWidth(kept), 0))}`;
}
