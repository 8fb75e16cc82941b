/**
 * Text that does nothing on a terminal but stand there. Escape sequences could write anywhere on the screen, rename the window or
 * answer as if you had typed: so each control character becomes a visible one, save line feeds, tabs, and a carriage return before
 * a line feed. C0 controls and DEL become their [pictures](https://www.unicode.org/charts/PDF/U2400.pdf) (`␛`), C1 controls, which
 * begin sequences as well, U+FFFD.
 */
export function terminalSafe(text: string): string {
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/g, (control) => {
    const code = control.charCodeAt(0);
    if (code > 0x7f) return '\ufffd';
    return code === 0x7f ? '\u2421' : String.fromCharCode(0x2400 + code);
  });
}
