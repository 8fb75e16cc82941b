/** The code units that make XML's markup. */
export const characterCodes = {
  less: 0x3c,
  ampersand: 0x26,
  greater: 0x3e,
  bracket: 0x5d,
  semicolon: 0x3b,
  slash: 0x2f,
  equals: 0x3d,
  quotation: 0x22,
  apostrophe: 0x27,
  exclamation: 0x21,
  question: 0x3f,
  hyphen: 0x2d,
  tab: 0x9,
  lineFeed: 0xa,
  carriageReturn: 0xd,
  space: 0x20,
} as const;
