/**
 * The seconds for which a response says that it stays fresh: [max-age](https://www.rfc-editor.org/rfc/rfc9111#name-max-age-2) less
 * its `Age`; 0 where it says nothing, or that it is not to be kept.
 */
export function freshSeconds(headers: Pick<ReadonlyMap<string, string>, 'get'>): number {
  const directives = (headers.get('cache-control') ?? '')
    .toLowerCase()
    .split(',')
    .map((directive) => directive.trim());
  if (directives.some((directive) => /^no-(?:store|cache)$/.test(directive))) return 0;
  const maxAge =
    directives.map((directive) => /^max-age="?(\d+)"?$/.exec(directive)?.[1]).find(Boolean) ?? '0';
  const age = /^\d+$/.exec(headers.get('age') ?? '')?.[0] ?? '0';
  return Math.max(0, Number(maxAge) - Number(age));
}
