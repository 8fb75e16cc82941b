import stringWidth from 'string-width';

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

/** The text in exactly so many columns: filled with blanks, or cut with an ellipsis. */
export function fitText(text: string, columns: number, isRightAligned = false): string {
  const width = stringWidth(text);
  if (width <= columns) {
    const blanks = ' '.repeat(columns - width);
    return isRightAligned ? blanks + text : text + blanks;
  }
  let kept = '';
  let room = columns - 1;
  // What a reader takes for one character each, accents and joined emoji included.
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const rest = room - stringWidth(segment);
    if (rest < 0) break;
    kept += segment;
    room = rest;
  }
  return `${kept}…${' '.repeat(Math.max(room, 0))}`;
}
