/** Text on one line: white space runs become a blank, and no control character gets through to move a terminal's cursor. */
export function oneLine(text: string): string {
  return /[\s\u0000-\u001f\u007f-\u009f]/.test(text)
    ? text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim()
    : text;
}

/** A value as a table shows it: lists of plain values separated by commas, anything deeper as JSON. */
export function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return oneLine(value.join(', '));
  return oneLine(JSON.stringify(value));
}

/** What a reader takes for one character each, accents and joined emoji included. */
function splitCharacters(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

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
