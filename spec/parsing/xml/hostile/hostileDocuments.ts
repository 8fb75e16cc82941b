/** A document that wants to end the process that reads it: a beginning, and what comes again and again behind it. */
export interface HostileDocument {
  readonly start: string;
  readonly unit: string;
}

const text = 'x'.repeat(1000);
const entities = `<!DOCTYPE r [<!ENTITY e "${text}"><!ENTITY f "${'<i/>'.repeat(200)}"><!ENTITY g "${'&e;'.repeat(100)}"><!ENTITY h "${'&g;'.repeat(100)}">]><r>`;

/** Each is the worst of its kind: all of it goes into one text, one value, one tag, one record, one table. */
export const worstDocuments: readonly HostileDocument[] = [
  // Elements and what is between them.
  ...[
    '<i/>',
    '<i>',
    '<i a="" b=""/>',
    '<b><i/></b>',
    '<i>x</i>',
    'x<!---->',
    '<![CDATA[x]]>',
    '<?x?>',
    '&lt;',
  ].map((unit) => ({ start: '<r>', unit })),
  // One token without an end.
  ...[
    '<',
    '<r ',
    '<r a="',
    '<r><!--',
    '<r><?x ',
    '<r><![CDATA[',
    '<!DOCTYPE r [',
    '<!DOCTYPE r [<!--',
    '<!DOCTYPE r [<!ENTITY a "',
    '<r>&',
  ].map((start) => ({ start, unit: 'x' })),
  ...[' ', '\r', '\n', ' x=""', '&lt;', '&#x1F600;', 'é', '>'].flatMap((unit) => [
    { start: '<r a="', unit },
    { start: '<r ', unit },
    { start: '<r>', unit },
  ]),
  // Ever new names, of which none need be remembered.
  { start: '<r>', unit: '<i# a#=""/>' },
  { start: '<r>', unit: '<n:i xmlns:n="#"/>' },
  { start: '<!DOCTYPE r [', unit: '<!ENTITY e# "x">' },
  { start: '<!DOCTYPE r [', unit: '<!ATTLIST e# a CDATA "x">' },
  { start: '<r', unit: ' a#=""' },
  // Defaults and entities.
  ...['<i/>', '<i>', '<i a=""/>'].map((unit) => ({
    start: `<!DOCTYPE r [<!ATTLIST i a CDATA "${'x'.repeat(100_000)}" b CDATA "">]><r>`,
    unit,
  })),
  ...['&e;', '<i>&e;</i>', '<i a="&e;"/>', '&f;', '&g;', '<i a="&g;"/>', '<i>&h;</i>'].map((unit) => ({
    start: entities,
    unit,
  })),
  ...['&e;', '<i a="&e;"/>', '&f;', '&g;', '<i a="&g;"/>'].map((unit) => ({
    start: `<!--${'x'.repeat(100_000)}-->${entities}`,
    unit,
  })),
];

/** Those by which a process dies where nothing counts what nodes weigh; the last is read by saxes throughout. */
export const heavyDocuments: readonly HostileDocument[] = [
  { start: '<r>', unit: '<i/>' },
  { start: '<!DOCTYPE r [<!ENTITY e "x">]><r>', unit: '<i/>' },
];

/** Documents put together from parts of hostile ones, the same for each seed. */
export function* randomDocuments(seed: number, count: number): Generator<HostileDocument> {
  let state = seed;
  const below = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const oneOf = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const units = worstDocuments.map(({ unit }) => unit);
  const starts = worstDocuments.map(({ start }) => start);
  for (let made = 0; made < count; made += 1) {
    const unit = Array.from({ length: 1 + below(4) }, () => oneOf(units)).join('');
    yield { start: oneOf(starts), unit };
  }
}

/** The bytes of a document up to a size, in chunks as a decoder gives them; "#" in a unit is a number, another one each time. */
export function* chunksOf({ start, unit }: HostileDocument, size: number): Generator<Buffer> {
  const chunkSize = 65_536;
  let number = 0;
  let chunk = start;
  for (let made = 0; made < size;) {
    if (unit.includes('#'))
      while (chunk.length < chunkSize) chunk += unit.replaceAll('#', () => String((number += 1)));
    else chunk += unit.repeat(Math.max(1, Math.ceil((chunkSize - chunk.length) / unit.length)));
    made += chunk.length;
    const bytes = Buffer.from(chunk);
    for (let from = 0; from < bytes.length; from += chunkSize) yield bytes.subarray(from, from + chunkSize);
    chunk = '';
  }
}
