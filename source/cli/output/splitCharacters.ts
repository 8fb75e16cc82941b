/** What a reader takes for one character each, accents and joined emoji included. */
export function splitCharacters(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
