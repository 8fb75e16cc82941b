/** Text on one line: white space runs become a blank, and no control character gets through to move a terminal's cursor. */
export function oneLine(text: string): string {
  return /[\s\u0000-\u001f\u007f-\u009f]/.test(text)
    ? text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim()
    : text;
}
