// What a byte is to a loop that looks for the end of a text, a value, …; 0 is nothing special.
/** What the loop looks for: `<` in text, a quote in a value, the first byte of what ends a comment. */
export const stop = 1;
export const ampersand = 2;
export const greater = 3;
export const lineFeed = 4;
export const carriageReturn = 5;
/** The first byte of a character of two, three, four. */
export const lead2 = 6;
export const lead3 = 7;
export const lead4 = 8;
export const illegal = 9;
export const tab = 10;

export const textClasses = /*#__PURE__*/ classes({ '<': stop, '&': ampersand, '>': greater });
export const valueClasses = /*#__PURE__*/ classes({
  '"': stop,
  "'": stop,
  '&': ampersand,
  '<': illegal,
  '\t': tab,
});
export const cdataClasses = /*#__PURE__*/ classes({ ']': stop });
export const commentClasses = /*#__PURE__*/ classes({ '-': stop });
export const instructionClasses = /*#__PURE__*/ classes({ '?': stop });

/** What a name may start with. Of characters beyond ASCII the lead byte will do: a new name is looked at whole. */
export const nameStarts = /*#__PURE__*/ members(/[A-Za-z_:]/);
/** What may be in a name, the further bytes of characters beyond ASCII included. */
export const nameBytes = /*#__PURE__*/ members(/[-A-Za-z_:.0-9\x80-\xBF]/);

function classes(special: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(illegal, 0, 0x20);
  table[0x9] = 0;
  table[0xa] = lineFeed;
  table[0xd] = carriageReturn;
  table.fill(illegal, 0x80, 0xc2);
  table.fill(lead2, 0xc2, 0xe0);
  table.fill(lead3, 0xe0, 0xf0);
  table.fill(lead4, 0xf0, 0xf5);
  table.fill(illegal, 0xf5);
  for (const [character, kind] of Object.entries(special)) table[character.charCodeAt(0)] = kind;
  return table;
}

function members(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    byte >= 0xc2 || pattern.test(String.fromCharCode(byte)) ? 1 : 0,
  );
}
