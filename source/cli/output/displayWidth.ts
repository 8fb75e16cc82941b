import { splitCharacters } from './splitCharacters.js';

/** Characters that terminals draw two columns wide: East Asian ones and emoji. */
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;

/** How many columns text takes on a terminal. */
export function displayWidth(text: string): number {
  if (/^[\u0020-\u02ff]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of splitCharacters(text)) width += wide.test(character) ? 2 : 1;
  return width;
}
